// @ts-check
// Runs one transpiled component: three calls of its run on one instance, or one call on a fresh one. It is a
// process of its own and reports each call to the parent over IPC, so that a hang loses nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';

/** A stub for functions and resources. */
const stub = function () {
  return undefined;
};

const [folder = '', entry = '', calls = '1', imported = '[]'] = process.argv.slice(2);
const started = performance.now();
let hostCalls = 0;

class Exit extends Error {
  /** @param {unknown} code */
  constructor(code) {
    super(`exit ${String(code)}`);
    this.exitCode = code;
  }
}

const { instantiate } = await import(pathToFileURL(join(folder, 'component.js')).href);
const imports = counted(await importsFor(JSON.parse(imported)));
try {
  const exports = await instantiate(
    (/** @type {string} */ path) => new WebAssembly.Module(readFileSync(join(folder, path))),
    imports,
  );
  const run = exports[entry]?.run ?? exports[entry.replace(/@.*$/, '')]?.run;
  process.send?.({ type: 'ready', ms: performance.now() - started });
  for (let call = 1; call <= Number(calls); call++) {
    hostCalls = 0;
    process.send?.({ type: 'call', call, ...(await outcomeOf(run)), hostCalls });
  }
} catch (error) {
  process.send?.({ type: 'failed', message: messageOf(error) });
}
process.disconnect();
process.exit(0);

/** @param {() => unknown} run */
async function outcomeOf(run) {
  try {
    await run();
    return { outcome: 'ok' };
  } catch (error) {
    if (error instanceof Exit) return { outcome: 'exit', message: error.message };
    const isTrap =
      error instanceof WebAssembly.RuntimeError ||
      error instanceof RangeError ||
      (error instanceof Error && !('payload' in error));
    return isTrap ? { outcome: 'trap', message: messageOf(error) } : { outcome: 'error' };
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** @param {readonly string[]} names of the component's imports, with versions */
async function importsFor(names) {
  /** @type {Record<string, any>} */
  const found = new WASIShim({
    sandbox: { args: ['guest'], env: {}, preopens: {}, enableNetwork: false },
  }).getImportObject();
  found['wasi:cli/exit'] = {
    exit: (/** @type {{tag: string}} */ status) => {
      throw new Exit(status.tag === 'ok' ? 0 : 1);
    },
    exitWithCode: (/** @type {number} */ code) => {
      throw new Exit(code);
    },
  };
  // Other imports are stubs that return nothing: many components never call them.
  for (const name of names.filter((each) => !each.startsWith('wasi:'))) {
    found[name.replace(/@.*$/, '')] = new Proxy({}, { get: () => stub });
  }
  const newer = names.filter((name) => name.includes('@0.3.')).map((name) => name.replace(/@.*$/, ''));
  if (newer.length === 0) return found;
  const older = new Set(
    names.filter((name) => name.includes('@0.2.')).map((name) => name.replace(/@.*$/, '')),
  );
  const shim = /** @type {Record<string, Record<string, object>>} */ (
    /** @type {unknown} */ (await import('@bytecodealliance/preview3-shim'))
  );
  for (const [name, interfaces] of Object.entries(shim)) {
    for (const [member, value] of Object.entries(interfaces)) {
      const key = `wasi:${name}/${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      if (key === 'wasi:cli/exit' || !newer.includes(key)) continue;
      found[key] = older.has(key) ? { ...found[key], ...value } : value;
    }
  }
  return found;
}

/**
 * Counts the calls of host functions: plain ones by wrappers, those of resources in their classes.
 * @param {Record<string, any>} interfaces
 */
function counted(interfaces) {
  const patched = new Set();
  /** @type {Record<string, any>} */
  const result = {};
  for (const [name, members] of Object.entries(interfaces)) {
    /** @type {Record<string, any>} */
    const wrapped = (result[name] = {});
    if (!name.startsWith('wasi:')) {
      result[name] = members;
      continue;
    }
    for (const [key, value] of Object.entries(members ?? {})) {
      wrapped[key] = value;
      if (typeof value !== 'function') continue;
      if (/^[a-z]/.test(key)) {
        wrapped[key] = (/** @type {unknown[]} */ ...args) => {
          hostCalls += 1;
          return value(...args);
        };
      } else if (value.prototype !== undefined && !patched.has(value)) {
        patched.add(value);
        countMethods(value.prototype);
      }
    }
  }
  return result;
}

/** @param {any} prototype */
function countMethods(prototype) {
  for (const key of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
    if (key === 'constructor' || typeof descriptor?.value !== 'function' || !descriptor.writable) continue;
    const method = descriptor.value;
    prototype[key] = function counted(/** @type {unknown[]} */ ...args) {
      hostCalls += 1;
      return method.apply(this, args);
    };
  }
}
