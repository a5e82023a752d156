import { defined } from '../base/defined';
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import type { StartCommand, WireArtifact } from '../engine/wire';
import { debuggableModule } from './debuggable-module';
import { withVisibleCalls } from './guest-call';
import { isDebuggable } from './inspector';

/** What jco's glue returns: functions and interface objects by export name. */
export type Exports = Readonly<Record<string, unknown>>;

type Instantiate = (
  getCoreModule: (name: string) => WebAssembly.Module,
  imports: Readonly<Record<string, object>>,
  instantiateCore: (
    module: WebAssembly.Module,
    imports: WebAssembly.Imports,
  ) => Pick<WebAssembly.Instance, 'exports'>,
) => Exports | Promise<Exports>;

/**
 * A component loaded into this process: from it any number of instances can be made, which share code and
 * nothing else.
 */
export interface LoadedComponent {
  instantiate(imports: Readonly<Record<string, object>>): Promise<GuestInstance>;
}

/** One instance of a component. */
export interface GuestInstance {
  readonly exports: Exports;
  /** The size of its linear memories. */
  memoryBytes(): number;
}

/**
 * Reads the glue and compiles the core modules.
 * The script is compiled before V8 gets any flag, since flags would void its code cache.
 */
export function loadComponent(
  artifact: WireArtifact,
  { maxMemoryPages, eager }: Pick<StartCommand, 'maxMemoryPages' | 'eager'>,
): LoadedComponent {
  const codeCache = artifact.codeCache === undefined ? undefined : readFileSync(artifact.codeCache);
  const script = new Script(readFileSync(artifact.glue, 'utf8'), {
    filename: 'component.js',
    ...defined({ cachedData: codeCache }),
  });
  // Functions are validated when first called: big components start sooner, and a broken one was found by the
  // transpiler. A standby has the time to compile them all, so that its first call finds them ready.
  setFlagsFromString(eager === true ? '--no-wasm-lazy-compilation' : '--wasm-lazy-validation');
  if (maxMemoryPages !== undefined) setFlagsFromString(`--wasm-max-mem-pages=${String(maxMemoryPages)}`);
  // The transpiler wrote the script as a function of a console, which gives jco's `instantiate`.
  const makeInstantiate = script.runInThisContext() as (console: object) => Instantiate;
  const instantiate = makeInstantiate(silentConsole);
  const modules = new Map(
    artifact.cores.map(([name, path]) => {
      const bytes = readFileSync(path);
      return [name, new WebAssembly.Module(isDebuggable() ? debuggableModule(bytes) : bytes)];
    }),
  );
  return {
    instantiate: async (imports) => {
      const memories = new Set<WebAssembly.Memory>();
      const made = instantiate(
        (name) => {
          const module = modules.get(name);
          if (module === undefined)
            throw new Error(`The glue asks for a core module ${name}, which is not in the cache.`);
          return module;
        },
        imports,
        (module, coreImports) => {
          const instance = new WebAssembly.Instance(module, coreImports);
          for (const value of Object.values(instance.exports))
            if (value instanceof WebAssembly.Memory) memories.add(value);
          // A promising function has to be the guest's own.
          return artifact.async ? instance : withVisibleCalls(instance);
        },
      );
      return {
        // Awaited only where it is a promise: an export may be called `then`.
        exports: made instanceof Promise ? await made : made,
        memoryBytes: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
      };
    },
  };
}

/**
 * The glue complains on the console before it throws; the exception says the same, and the guest's streams
 * are not ours to write to.
 */
const silentConsole = { error: () => undefined, warn: () => undefined, log: () => undefined };
