import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { patchDebugLog } from '../../../../src/engine/transpiler/jco-patches/debug-log';

/** What jco 1.35 writes at the top of each module, as a function that logs a text. */
const glue = `((process, console, text) => {
  const globalThis = { process };
  const _debugLog = (...args) => {
    if (!globalThis?.process?.env?.JCO_DEBUG) { return; }
    console.debug(...args);
  };
  _debugLog(text);
})`;

describe("the glue's debug log", () => {
  it('does not read the environment', () => {
    assert.deepEqual(readsOf(glue), ['JCO_DEBUG']);
    assert.deepEqual(readsOf(patchDebugLog(glue)), []);
  });

  it('is missing in a component without functions', () => {
    assert.equal(patchDebugLog('export function instantiate() {}'), 'export function instantiate() {}');
  });

  it('is refused where jco writes it in another way', () => {
    assert.throws(() => patchDebugLog(glue.replace('console.debug', 'console.log')), /unexpected way/);
  });
});

/** The variables of the environment that one log entry reads. */
function readsOf(source: string): readonly unknown[] {
  const reads: unknown[] = [];
  const env = new Proxy({}, { get: (_target, name) => void reads.push(name) });
  const log = runInThisContext(source) as (process: object, console: object, text: string) => void;
  log({ env }, { debug: () => undefined }, 'a text');
  return reads;
}
