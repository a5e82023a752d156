import { dirname } from 'node:path';
import type { Profile } from '../instance/profile';
import { PermissionFlags } from './permission-flags';
import type { GuestIo, InheritedIo } from './guest-io';
import { RunnerPool, type RunnerShape } from './runner-pool';
import type { RunnerStdio } from './runner-process';
import type { NodeProgram } from './transpiler-client';

/** What every runner is started with. */
export interface RunnersOptions {
  /** The bundles that run in processes of their own. */
  readonly files: { readonly runner: string };
  readonly node: NodeProgram;
  /** The folder of transpiled components, which every runner reads. */
  readonly cacheDir: string;
  /** Whether guests give way to other processes. */
  readonly lowPriority?: boolean;
  /** One line for a log that developers read. */
  log(line: string): void;
}

/** An engine's runners. They need nothing of the engine, so that a program can start the first one while it still loads everything else. */
export class Runners {
  readonly pool: RunnerPool;
  readonly #fence: PermissionFlags;

  constructor(options: RunnersOptions) {
    const { files, node, cacheDir, lowPriority = false } = options;
    this.#fence = new PermissionFlags([dirname(files.runner), cacheDir], node);
    this.pool = new RunnerPool({ script: files.runner, node, lowPriority }, (error) => {
      options.log(error.message);
    });
  }

  /** Starts a runner for an instance that will be asked for. */
  warmUp(profile: Profile, io: GuestIo | InheritedIo): void {
    this.pool.warmUp(this.shapeFor(profile, io, { debug: false }));
  }

  /** The process that a runner for instances of a profile is. */
  shapeFor(profile: Profile, io: GuestIo | InheritedIo, { debug }: { readonly debug: boolean }): RunnerShape {
    const stack = profile.stackKiB === undefined ? [] : [`--stack-size=${String(profile.stackKiB)}`];
    // The permission model keeps debuggers out too.
    const nodeArgs = debug ? stack : [...stack, ...this.#fence.argsFor(profile)];
    return { stdio: stdioOf(profile, io), nodeArgs };
  }
}

function stdioOf({ stdin }: Profile, io: GuestIo | InheritedIo): RunnerStdio {
  if ('inherit' in io) return { type: 'inherit' };
  switch (stdin.type) {
    case 'terminal':
      return { type: 'piped', stdin: 'pipe' };
    case 'empty':
      return { type: 'piped', stdin: 'empty' };
    case 'file':
      return { type: 'piped', stdin: { file: stdin.path } };
  }
}
