import { err, ok, type Result } from '../base/result';
import { httpHandlerOf, isHttpHandler, isWasi03 } from '../component/wasi';
import type { Profile } from '../instance/profile';
import type { Build } from '../instance/registry';
import type { Artifact } from './artifact-cache';
import { backtraceOf, type Backtrace } from './backtrace';
import { ComponentStore, type Transpiling } from './component-store';
import type { EngineError } from './errors';
import type { GuestIo, InheritedIo } from './guest-io';
import { prepareStart } from './launch-plan';
import { readBuild } from './read-build';
import type { GuestProcess } from './runner-process';
import { Runners } from './runners';
import type { NodeProgram } from './transpiler-client';
import type { StartCommand } from './wire';
import { parseServeReport, type ServeCommand, type ServeReport } from './wire-serve';

/** A component that answers HTTP requests. */
export interface Handler {
  readonly build: Build;
  /** The export that answers, such as `wasi:http/incoming-handler@0.2.12`. */
  readonly name: string;
  readonly isWasi03: boolean;
  readonly imports: readonly string[];
}

/** What it takes to serve a build: any number of runners can be started with it. */
export interface ServingPlan {
  readonly handler: Handler;
  readonly profile: Profile;
  readonly io: GuestIo | InheritedIo;
  readonly artifact: Artifact;
  readonly start: StartCommand;
}

/** A process that answers requests. */
export type ServingProcess = GuestProcess<ServeCommand, ServeReport>;

/** What a serving engine is made of. */
export interface ServingOptions {
  /** A folder for transpiled components, as for an engine. */
  readonly cacheDir: string;
  readonly files: { readonly server: string; readonly transpiler: string };
  readonly node: NodeProgram;
  log(line: string): void;
}

/** Reads components that answer HTTP requests, transpiles them for that, and starts the processes that do it. */
export class ServingEngine {
  readonly #options: ServingOptions;
  readonly #components: ComponentStore;
  readonly #runners: Runners;

  constructor(options: ServingOptions) {
    const { cacheDir, files, node } = options;
    const log = (line: string) => {
      options.log(line);
    };
    this.#options = options;
    this.#components = new ComponentStore({ cacheDir, transpiler: files.transpiler, node, log });
    this.#runners = new Runners({ files: { runner: files.server }, node, cacheDir, log });
  }

  /** Reads a component, or says why it cannot be served. */
  async read(path: string): Promise<Result<Handler, EngineError>> {
    const read = await readBuild(path);
    if (!read.ok) return read;
    const { build, summary } = read.value;
    this.#components.learn(build, summary);
    const name = httpHandlerOf(summary.exports);
    if (name !== undefined) return ok({ build, name, isWasi03: isWasi03(name), imports: summary.imports });
    const found = summary.exports.find((each) => each.kind === 'instance' && isHttpHandler(each.name));
    return err({ code: 'no-handler', path, ...(found === undefined ? {} : { found: found.name }) });
  }

  /** Finds out how to serve a build. Rejects with a StartError where it cannot be. */
  async plan(
    handler: Handler,
    profile: Profile,
    io: GuestIo | InheritedIo,
    transpiling: Transpiling,
  ): Promise<ServingPlan> {
    const request = { build: handler.build, profile, io, debug: false, countHostCalls: false };
    const prepared = await prepareStart(this.#components, request, { serve: true }, transpiling);
    return { handler, profile, io, ...prepared };
  }

  /**
   * Starts a process, which serves once it is told to.
   * @param socketFolder an existing folder for its socket
   */
  spawn({ profile, io }: ServingPlan, socketFolder: string): ServingProcess {
    return this.#runners.spawnServing(this.#options.files.server, profile, io, {
      socketFolder,
      parse: parseServeReport,
    });
  }

  /** Where the guest trapped. */
  backtrace({ artifact }: ServingPlan, stack: string): Promise<Backtrace> {
    return backtraceOf(stack, artifact);
  }

  /** Ends the transpiler's process. */
  dispose(): void {
    this.#components.dispose();
    this.#runners.dispose();
  }
}
