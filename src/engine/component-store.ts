import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { monotonicMs } from '../base/clock';
import { ok, type Result } from '../base/result';
import { isCoreModule } from '../component/read-runnable';
import { isHttpHandler } from '../component/wasi';
import type { ComponentSummary } from '../component/summary';
import type { ExportRef } from '../instance/call';
import type { Build } from '../instance/registry';
import { ArtifactCache, type Artifact } from './artifact-cache';
import { StartError, type EngineError } from './errors';
import { readBuild } from './read-build';
import { TranspilerClient, type NodeProgram } from './transpiler-client';

/** What the file of a component says about it. */
export type Summary = Extract<ComponentSummary, { kind: 'component' }>;

/** How a component is transpiled, where it is not in the cache yet. */
export interface Transpiling {
  readonly signal: AbortSignal;
  /** Called when it begins, and before, when a component is made of a core module. */
  readonly progress: ((step: 'adapting' | 'transpiling') => void) | undefined;
}

/** The file of a component. */
export type ComponentFile = Pick<Build, 'path' | 'sha256' | 'sizeBytes'>;

/** For what is not shown while it is made, and not cancelled. */
const never: Transpiling = { signal: new AbortController().signal, progress: undefined };

/** What an engine knows of the components that it runs: what their files say, and what they were transpiled to. */
export class ComponentStore {
  readonly #cache: ArtifactCache;
  readonly #transpiler: TranspilerClient;
  readonly #log: (line: string) => void;
  readonly #summaries = new Map<string, Summary>();

  constructor(options: {
    readonly cacheDir: string;
    readonly transpiler: string;
    readonly node: NodeProgram;
    readonly log: (line: string) => void;
  }) {
    const { cacheDir, transpiler, node, log } = options;
    const v8 = node.execPath === process.execPath ? process.versions.v8 : node.execPath;
    this.#cache = new ArtifactCache(cacheDir, `${v8} ${process.arch}`);
    this.#transpiler = new TranspilerClient(transpiler, node);
    this.#log = log;
  }

  /** Reads a component. An error says why the file cannot be run and what to do about it. */
  async read(path: string): Promise<Result<Build, EngineError>> {
    const read = await readBuild(path);
    if (!read.ok) return read;
    this.learn(read.value.build, read.value.summary);
    return ok(read.value.build);
  }

  /** Takes over what was read of a build elsewhere. */
  learn(build: Build, summary: Summary): void {
    this.#summaries.set(build.sha256, summary);
  }

  /** What a build's file says; reads it if needed. Rejects with an Error if it cannot be read or was rebuilt. */
  async summaryOf(build: Build): Promise<Summary> {
    const known = this.#summaries.get(build.sha256);
    if (known !== undefined) return known;
    const read = await readBuild(build.path);
    if (!read.ok) throw new StartError({ code: 'unreadable', words: read.error.code });
    if (read.value.build.sha256 !== build.sha256) throw new StartError({ code: 'rebuilt' });
    this.learn(build, read.value.summary);
    return read.value.summary;
  }

  /** The names of the imports of a build that was read. */
  imports(build: Build): readonly string[] {
    return this.#summaries.get(build.sha256)?.imports ?? [];
  }

  /** The run exports of a build that was read, first the one that Run calls. */
  runExports(build: Build): readonly ExportRef[] {
    const names = this.#summaries.get(build.sha256)?.runExports ?? [];
    return names.map((name) => ({ interface: name, func: 'run' }));
  }

  /** Why a build that was read has nothing to run. */
  nothingToRun({ path, sha256 }: Build): EngineError {
    const exports = this.#summaries.get(sha256)?.exports ?? [];
    const handler = exports.find(({ name, kind }) => kind === 'instance' && isHttpHandler(name));
    return handler === undefined
      ? { code: 'no-run', path }
      : { code: 'http-handler', path, handler: handler.name };
  }

  /**
   * A component's world as WIT text, or the world of the component that is made of a core module. Rejects with an Error that says what keeps
   * it from being read.
   */
  async interfaceText(path: string): Promise<string> {
    if (!(await startsAsModule(path))) return await this.#transpiler.interfaceText(path);
    const read = await this.read(path);
    if (!read.ok) throw new StartError({ code: 'unreadable', words: read.error.code });
    const { path: component } = await this.componentOf(read.value, never);
    return await this.#transpiler.interfaceText(component);
  }

  /**
   * The component that is made of a build: the build's own file, or, for a core module, the one that it was adapted to, in the cache.
   * Rejects with an Error that says why there is none.
   */
  async componentOf(build: Build, { signal, progress }: Transpiling): Promise<ComponentFile> {
    if (build.adapted === undefined) return build;
    const { folder, manifest } = await this.#cache.get(build, 'adapted', async (empty) => {
      progress?.('adapting');
      const before = monotonicMs();
      const made = await this.#transpiler.adapt(build, empty, signal);
      this.#log(`adapted ${build.path} in ${String(Math.round(monotonicMs() - before))} ms`);
      return made;
    });
    const [file] = manifest.files.filter(({ role }) => role === 'component');
    if (file === undefined) throw new StartError({ code: 'other', words: 'the cache is damaged' });
    return { path: join(folder, file.name), sha256: file.sha256, sizeBytes: file.sizeBytes };
  }

  /**
   * What a build was transpiled to, with or without a guard on how far its memories may grow, to be run or to
   * serve HTTP requests. Rejects with an Error that says what is wrong with it.
   */
  async artifactOf(
    build: Build,
    { limitMemory, serve = false }: { readonly limitMemory: boolean; readonly serve?: boolean },
    { signal, progress }: Transpiling,
  ): Promise<Artifact> {
    const variant = `${limitMemory ? 'limited' : 'plain'}${serve ? ' serve' : ''}`;
    return this.#cache.get(build, variant, async (folder) => {
      const component = await this.componentOf(build, { signal, progress });
      progress?.('transpiling');
      const before = monotonicMs();
      const manifest = await this.#transpiler.transpile(component, { folder, limitMemory, serve }, signal);
      this.#log(`transpiled ${build.path} in ${String(Math.round(monotonicMs() - before))} ms`);
      return manifest;
    });
  }

  /** Ends the transpiler's process. What waits for it is rejected. */
  dispose(): void {
    this.#transpiler.dispose();
  }
}

/** Whether a file begins as a core module. A file that cannot be read does not. */
async function startsAsModule(path: string): Promise<boolean> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
      return isCoreModule(buffer);
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}
