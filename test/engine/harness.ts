import { join, resolve } from 'node:path';
import { CallSession, readCallables } from '../../src/calls/call-session';
import { Engine } from '../../src/engine/engine';
import type { EngineOptions, StartOptions } from '../../src/engine/engine-options';
import type { Call } from '../../src/instance/call';
import { bareProfile, type Profile } from '../../src/instance/profile';
import { InstanceRegistry, type Instance } from '../../src/instance/registry';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';

/** Where the bundles are: `dist`, or where the variable says. The test runner starts in the repository's root. */
export const dist = resolve(process.env.FRESH_INSTANCE_DIST ?? 'dist');

/** What a guest printed, in the order in which it came. */
export class Output {
  readonly pieces: { stream: 'stdout' | 'stderr'; text: string }[] = [];
  stdout = '';
  stderr = '';

  readonly io = {
    output: (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => {
      const text = Buffer.from(bytes).toString('utf8');
      this.pieces.push({ stream, text });
      this[stream] += text;
    },
  };

  /** Resolves when stdout holds the text. */
  async until(text: string, withinMs = 5000): Promise<void> {
    const deadline = Date.now() + withinMs;
    while (!this.stdout.includes(text)) {
      if (Date.now() > deadline)
        throw new Error(`The guest did not print ${JSON.stringify(text)} but ${JSON.stringify(this.stdout)}`);
      await new Promise((wait) => setTimeout(wait, 5));
    }
  }
}

/** An engine over the built runner, with a registry and a cache of its own. */
export class TestEngine {
  readonly registry = new InstanceRegistry();
  readonly cacheDir: string;
  readonly engine: Engine;
  readonly log: string[] = [];

  constructor(options: Partial<EngineOptions> = {}) {
    this.cacheDir = options.cacheDir ?? temporaryFolder();
    this.engine = new Engine({
      registry: this.registry,
      cacheDir: this.cacheDir,
      files: { runner: join(dist, 'runner.js'), transpiler: join(dist, 'transpiler.js') },
      node: { execPath: process.execPath, env: {} },
      spentReason: () => undefined,
      log: (line) => this.log.push(line),
      ...options,
    });
  }

  /** Starts a fixture. */
  async start(
    name: string,
    profile: Partial<Profile> = {},
    output = new Output(),
    options: StartOptions = {},
  ): Promise<Instance> {
    const read = await this.engine.readBuild(fixture(name));
    if (!read.ok) throw new Error(read.error.code);
    return this.engine.startInstance(read.value, { ...bareProfile, ...profile }, output.io, options);
  }

  /** Calls the run export of an instance. */
  async run(instance: Instance, signal?: AbortSignal): Promise<Call> {
    const [run] = this.engine.runExports(instance.build);
    if (run === undefined) throw new Error('no run');
    return this.engine.call(instance.id, run, [], signal === undefined ? {} : { signal });
  }

  /** Opens a session of calls on an instance. */
  async session(instance: Instance): Promise<CallSession> {
    const exports = await readCallables(instance.build);
    if (!exports.ok) throw new Error(exports.error.code);
    return new CallSession(this.engine, instance.id, exports.value);
  }

  /** The instance as it is now. */
  now(instance: Instance): Instance {
    const found = this.registry.get(instance.id);
    if (found === undefined) throw new Error(`There is no instance ${instance.id}.`);
    return found;
  }

  async dispose(): Promise<void> {
    await this.engine.shutdown();
  }
}
