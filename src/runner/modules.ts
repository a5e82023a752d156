import { pathToFileURL } from 'node:url';
import type { ImportedFunction } from '../component/imported-functions';
import { longestFaultText, type FoundValue, type ImportFault } from '../component/import-fault';
import { isValueOf } from '../component/wave/is-value';
import { printType } from '../component/wit-print';
import type { WireModule } from '../engine/wire';
import { ModuleError } from './outcome';
import { Deadlock, whileAlive } from './while-alive';

/**
 * Loads the JavaScript modules that stand in for imports, for jco's glue. Their functions' errors are told
 * apart from the guest's, but for those that jco hands to the guest as the error of a result: anything that
 * is not an Error, and Errors with a `payload`. Rejects if a module cannot be loaded.
 */
export async function loadModules(modules: readonly WireModule[]): Promise<Readonly<Record<string, object>>> {
  const entries = await Promise.all(
    modules.map(async (module) => [module.interface, standIn(module, await load(module))] as const),
  );
  return Object.fromEntries(entries);
}

async function load({ interface: name, path }: WireModule): Promise<object> {
  if (/\.[mc]?ts$/.test(path) && !process.features.typescript)
    throw new ModuleError({ code: 'typescript', interface: name, node: process.versions.node });
  try {
    const loaded: unknown = await whileAlive(
      import(pathToFileURL(path).href) as Promise<unknown>,
      'it waits for something that never comes',
    );
    if (typeof loaded === 'object' && loaded !== null) return loaded;
    throw new ModuleError({ code: 'exports-nothing', interface: name });
  } catch (error) {
    if (error instanceof ModuleError) throw error;
    if (error instanceof Deadlock)
      throw new ModuleError({ code: 'never-loads', interface: name }, { cause: error });
    const words = clipped(messageOf(error).replace(/ imported from \S+$/, ''));
    throw new ModuleError({ code: 'not-loaded', interface: name, words }, { cause: error });
  }
}

/** What a module failed with since it was last asked for. jco's glue does not pass on every exception of a host. */
export function takeModuleFailure(): ModuleError | undefined {
  const taken = lastFailure;
  lastFailure = undefined;
  return taken;
}

let lastFailure: ModuleError | undefined;

function standIn(module: WireModule, exports: object): object {
  const { interface: name, path, functions } = module;
  const members: Record<string, unknown> = { ...exports };
  for (const [key, value] of Object.entries(members)) {
    const known = functions.find((each) => each.key === key);
    if (known !== undefined && !isPlainFunction(value)) {
      throw new ModuleError({ code: 'no-function', interface: name, path, key, found: foundOf(value) });
    }
    if (isPlainFunction(value)) members[key] = guarded(module, key, value, known?.type);
  }
  return new Proxy(members, {
    get: (target, key) => {
      // jco's glue takes what the interface has, once, when the instance is made.
      if (typeof key === 'string' && !(key in target)) {
        throw new ModuleError({ code: 'no-export', interface: name, path, key });
      }
      return Reflect.get(target, key) as unknown;
    },
  });
}

type Callable = (...args: unknown[]) => unknown;

/** Classes stand for resources: jco constructs them and calls their methods itself. */
function isPlainFunction(value: unknown): value is Callable {
  return typeof value === 'function' && !isClass(value);
}

function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

function guarded(
  { interface: name }: WireModule,
  key: string,
  implementation: Callable,
  type: ImportedFunction['type'] | undefined,
): Callable {
  const about = { interface: name, key };
  const failure = (fault: ImportFault, cause?: unknown) => {
    lastFailure = new ModuleError(fault, { cause });
    return lastFailure;
  };
  const checked = (value: unknown) => {
    if (type === undefined) return value;
    const expected = type.result?.kind === 'result' ? type.result.ok : type.result;
    if (expected === null || isValueOf(expected, value)) return value;
    const [found, printed] = [foundOf(value), clipped(printType(expected))];
    throw failure({ code: 'wrong-result', ...about, found, type: printed });
  };
  const thrown = (error: unknown): unknown => {
    if (error instanceof ModuleError) return error;
    if (error instanceof Error && !('payload' in error))
      return failure({ code: 'failed', ...about, words: clipped(messageOf(error)) }, error);
    if (type === undefined) return error;
    const payload = error instanceof Error && 'payload' in error ? error.payload : error;
    if (type.result?.kind !== 'result') {
      return failure({ code: 'no-error-to-return', ...about, found: foundOf(payload) }, error);
    }
    const expected = type.result.error;
    if (expected === null || isValueOf(expected, payload)) return error;
    const [found, printed] = [foundOf(payload), clipped(printType(expected))];
    return failure({ code: 'wrong-error', ...about, found, type: printed }, error);
  };
  return (...args) => {
    let value: unknown;
    try {
      value = implementation(...args);
      if (!isThenable(value)) return checked(value);
      if (type?.async === false && type.result?.kind !== 'future') {
        void Promise.resolve(value).catch(() => undefined);
        throw failure({ code: 'promise', ...about });
      }
    } catch (error) {
      throw thrown(error);
    }
    return Promise.resolve(value)
      .then(checked)
      .catch((error: unknown) => {
        throw thrown(error);
      });
  };
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** A value in a few words, or its sort. */
function foundOf(value: unknown): FoundValue {
  switch (typeof value) {
    case 'string':
      return { text: JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value) };
    case 'object':
      if (value === null) return { sort: 'null' };
      return { sort: Array.isArray(value) ? 'array' : 'object' };
    case 'function':
      return { sort: isClass(value) ? 'class' : 'function' };
    default:
      return { text: clipped(String(value)) };
  }
}

function clipped(text: string): string {
  return text.slice(0, longestFaultText);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
