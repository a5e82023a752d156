import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { courseOf, wrongOnWasmtime } from '../../../scripts/corpus/on-wasmtime.mjs';
import { atOnce } from '../../../scripts/suites/process.mjs';
import { callOnWasmtime, findEmbedding, howToInstall } from '../../../scripts/wasmtime-truth/embedding.mjs';
import { analyseFile } from '../../../src/reuse/analyse';
import { judge } from '../../../src/reuse/judge';
import { wouldTrap } from '../../../src/reuse/verdict';
import { fixture } from '../../fixtures';

/** What three calls on one wasmtime instance come to. After a trap and after an exit, wasmtime does not enter the instance. */
const expected: Readonly<Record<string, string>> = {
  hello: 'ok trap trap',
  'p2-native': 'ok trap trap',
  guard: 'ok trap trap',
  'guard-atomic': 'ok trap trap',
  'guard-bit': 'ok trap trap',
  'guard-callee': 'ok trap trap',
  'guard-late': 'ok trap trap',
  toggle: 'ok trap trap',
  third: 'ok ok trap',
  boom: 'trap trap trap',
  exit3: 'exit trap trap',
  'exits-second': 'ok exit trap',
  unguarded: 'ok ok ok',
  lock: 'ok ok ok',
  once: 'ok ok ok',
  leak: 'ok ok ok',
  'run-error': 'error error error',
};

/** The whole corpus is for `node scripts/corpus/confusion.mjs`. */
describe('verdicts against what really happens on wasmtime', () => {
  let outcomes: readonly { readonly name: string; readonly calls: readonly string[] }[] = [];

  before(async function () {
    this.timeout(300_000); // Each component is compiled.
    const embedding = findEmbedding();
    if (embedding === null) {
      process.stdout.write(`skipped: ${howToInstall}\n`);
      return this.skip();
    }
    outcomes = await atOnce(Object.keys(expected), 2, async (name) => {
      const { same } = await callOnWasmtime(embedding, fixture(name), { fresh: 0 });
      return { name, calls: same.map(({ outcome }) => outcome) };
    });
  });

  it('three calls on one instance end as on jco', () => {
    assert.deepEqual(
      Object.fromEntries(outcomes.map(({ name, calls }) => [name, calls.join(' ')])),
      expected,
    );
  });

  it('the binary alone gives no false alarm, and misses no second call that traps', () => {
    const wrong = outcomes.flatMap(({ name, calls }) => {
      const finding = analyseFile(new Uint8Array(readFileSync(fixture(name))));
      assert.ok(finding.ok);
      const warned = wouldTrap(judge({ static: finding.value }));
      const course = courseOf(calls.map((outcome) => ({ outcome: outcome as 'ok' })));
      const fault = wrongOnWasmtime(warned, course);
      return fault === null ? [] : [`${name}: ${fault}`];
    });
    assert.deepEqual(wrong, []);
  });
});
