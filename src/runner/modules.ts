import { pathToFileURL } from 'node:url';
import type { WireModule } from '../engine/wire';
import { ModuleError } from './outcome';

/**
 * Loads the JavaScript modules that stand in for imports, for jco's glue. Their functions' errors are told apart from the guest's, but for
 * those that jco hands to the guest as the error of a result: anything that is not an Error, and Errors with a `payload`.
 * Rejects if a module cannot be loaded.
 */
export async function loadModules(modules: readonly WireModule[]): Promise<Readonly<Record<string, object>>> {
  const entries = await Promise.all(
    modules.map(async (module) => [module.interface, standIn(module, await load(module))] as const),
  );
  return Object.fromEntries(entries);
}

async function load({ interface: name, path }: WireModule): Promise<object> {
  try {
    const loaded: unknown = await import(pathToFileURL(path).href);
    if (typeof loaded === 'object' && loaded !== null) return loaded;
    throw new Error('it exports nothing');
  } catch (error) {
    throw new Error(`the module for ${name} cannot be loaded: ${messageOf(error)}`, { cause: error });
  }
}

function standIn({ interface: name, path }: WireModule, module: object): object {
  const members = Object.fromEntries(
    Object.entries(module).map(([key, value]: [string, unknown]) => [
      key,
      isPlainFunction(value) ? guarded(name, key, value) : value,
    ]),
  );
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
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value));
}

function guarded(name: string, key: string, implementation: Callable): Callable {
  return (...args) => {
    try {
      return implementation(...args);
    } catch (error) {
      if (!(error instanceof Error) || 'payload' in error) throw error;
      throw new ModuleError(`the module for ${name} failed in ${key}: ${messageOf(error)}`, { cause: error });
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
