// @ts-check
// Whose fault it is that an assertion is not right. What no rule names is ours until somebody has looked at it.
import { readers } from '../corpus/readers.mjs';

/** @typedef {import('./wast-suite.mjs').Result} Result */
/** @typedef {{owner: 'ours' | 'jco' | 'suite', reason: string}} Fault */

/** What jco cannot translate, as `findUnsupported` names it. @type {Readonly<Record<string, string>>} */
const features = {
  exceptions: 'exceptions in core modules',
  'multiple-memories': 'several memories in a core module',
  memory64: 'values in 64-bit memories',
  'shared-memory': 'values in shared memories',
  threads: 'threads (thread.* built-ins)',
  gc: 'garbage-collected values',
  export: 'exports of types, modules or components at the root',
};

/** By what the command line says, or by the assertion's name. @type {readonly (Fault & {message?: RegExp, name?: RegExp})[]} */
const rules = [
  {
    owner: 'suite',
    reason: 'text of a former format: the option `cancellable` was removed (component-model #716)',
    message: /the text is not accepted.*\bcancellable\b/,
  },
  {
    owner: 'jco',
    reason: 'the transpiler panics: strings in latin1+utf16 between components are not implemented',
    name: /^values\/(?:transcode|alignment)\.wast/,
    message: /failed on it \(wasm trap/,
  },
  {
    owner: 'jco',
    reason: 'core start functions that call another component',
    message: /current caller task metadata/,
  },
  { owner: 'jco', reason: 'capital letters in names of functions', message: /capital letters/ },
  {
    owner: 'jco',
    reason: 'names that differ in a hyphen before a digit',
    message: /conflicts with previous name/,
  },
  { owner: 'jco', reason: 'internal error: "task is already resolved"', message: /is already resolved/ },
  {
    owner: 'jco',
    reason: 'one handle table for each resource type, not one for each instance',
    name: /^resources\/multiple-resources/,
  },
  {
    owner: 'jco',
    reason: 'results of synchronous writes to a dropped stream (wasmtime 49 fails too)',
    name: /^async\/sync-streams/,
  },
  {
    owner: 'jco',
    reason: 'the adapter of WASI 0.1 gives exit status 1 for every other than 0',
    message: /status 1, where \d+ was expected/,
    name: /^proc_exit/,
  },
  {
    owner: 'jco',
    reason: 'the adapter of WASI 0.1 fails where data of AssemblyScript is',
    message: /assertion failed at adapter line/,
  },
  {
    owner: 'jco',
    reason:
      'the adapter of WASI 0.1 writes nothing to an unknown file without an error, if there is nothing to write',
    name: /^fd_write-to-invalid-fd/,
  },
  {
    owner: 'jco',
    reason: 'times of files are set with a precision of 240 ns, as Node does',
    message: /mtim should change/,
  },
  {
    owner: 'jco',
    reason: 'core modules that are never instantiated are not validated',
    name: /^validation\/core-modules/,
    message: /refusal was expected: type mismatch/,
  },
  {
    owner: 'jco',
    reason: 'a guest may call back into an instance that called it',
    name: /^async\/trap-on-reenter/,
  },
];

/** @param {Result} result that is not right @returns {Promise<Fault>} */
export async function faultOf({ component, name, message }) {
  const { readUnsupported } = await readers();
  const [found] = component === undefined ? [] : readUnsupported(component);
  if (found !== undefined) return { owner: 'jco', reason: features[found.feature] ?? found.feature };
  const rule = rules.find((each) => (each.message?.test(message) ?? true) && (each.name?.test(name) ?? true));
  return rule === undefined ? { owner: 'ours', reason: message } : { owner: rule.owner, reason: rule.reason };
}
