import { pathToFileURL } from 'node:url';
import type { ImportedFunction } from '../component/imported-functions';
import { isValueOf } from '../component/wave/is-value';
import { printType } from '../component/wit-print';
import type { WireModule } from '../engine/wire';
import { ModuleError } from './outcome';
import { whileAlive } from './while-alive';

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
  try {
    if (/\.[mc]?ts$/.test(path) && !process.features.typescript) {
      throw new Error(
        `it is TypeScript, which Node ${process.versions.node} cannot read (Node 24 can): compile it to JavaScript`,
      );
    }
    const loaded: unknown = await whileAlive(
      import(pathToFileURL(path).href) as Promise<unknown>,
      'it waits for something that never comes',
    );
    if (typeof loaded === 'object' && loaded !== null) return loaded;
    throw new Error('it exports nothing');
  } catch (error) {
    const why = messageOf(error).replace(/ imported from \S+$/, '');
    throw new Error(`the module for ${name} cannot be loaded: ${why}`, { cause: error });
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
      throw new Error(
        `${path} exports ${key}, which has to be a function for ${name}, and is ${nameOf(value)}`,
      );
    }
    if (isPlainFunction(value)) members[key] = guarded(module, key, value, known?.type);
  }
  return new Proxy(members, {
    get: (target, key) => {
      // jco's glue takes what the interface has, once, when the instance is made.
      if (typeof key === 'string' && !(key in target)) {
        throw new Error(`${path} exports no ${key}, which ${name} has`);
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
  const failure = (why: string, cause?: unknown) => {
    lastFailure = new ModuleError(`the module for ${name} failed in ${key}: ${why}`, { cause });
    return lastFailure;
  };
  const checked = (value: unknown) => {
    if (type === undefined) return value;
    const expected = type.result?.kind === 'result' ? type.result.ok : type.result;
    if (expected === null || isValueOf(expected, value)) return value;
    throw failure(`it returned ${nameOf(value)}, which is not of the type ${printType(expected)}`);
  };
  const thrown = (error: unknown): unknown => {
    if (error instanceof ModuleError) return error;
    if (error instanceof Error && !('payload' in error)) return failure(messageOf(error), error);
    if (type === undefined) return error;
    const payload = error instanceof Error && 'payload' in error ? error.payload : error;
    if (type.result?.kind !== 'result') {
      return failure(`it threw ${nameOf(payload)}, but ${key} has no error to return`, error);
    }
    const expected = type.result.error;
    if (expected === null || isValueOf(expected, payload)) return error;
    return failure(`it threw ${nameOf(payload)}, which is not of the type ${printType(expected)}`, error);
  };
  return (...args) => {
    let value: unknown;
    try {
      value = implementation(...args);
      if (!isThenable(value)) return checked(value);
      if (type?.async === false && type.result?.kind !== 'future') {
        void Promise.resolve(value).catch(() => undefined);
        throw failure(`it returned a promise, but ${key} is not async`);
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

/** A value in a few words. */
function nameOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
      return isClass(value) ? 'a class' : 'a function';
    default:
      return String(value);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
