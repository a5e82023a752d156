import assert from 'node:assert/strict';
import { CallRefused } from '../../../src/engine/errors';
import type { MadeCall } from '../../../src/calls/call-session';
import { Output, TestEngine } from '../harness';
import { outcomeOf, stateOf } from '../hostile/arena';
import { onWasmtime, placesFor } from '../support/wasmtime';

onWasmtime('a call', (program) => {
  const test = new TestEngine({ wasmtime: () => placesFor(program) });
  after(() => test.dispose());

  /** Makes a call on a fresh instance. */
  async function call(name: string, text: string, output = new Output()): Promise<MadeCall> {
    const instance = await test.start(name, { engine: 'wasmtime', stdin: { type: 'empty' } }, output);
    assert.equal(stateOf(instance), 'ready');
    const made = await (await test.session(instance)).call(text);
    assert.ok(made.ok);
    return made.value;
  }

  for (const [name, text, result] of [
    ['tools', 'add(1, 2)', '3'],
    ['tools', 'divide(6, 3)', 'ok(2)'],
    ['tools', 'divide(1, 0)', 'err("division by zero")'],
    ['tools', 'leak()', '()'],
    ['greeter', 'greet("a\\nb \\u{1f600} \\"q\\"")', '"Hello, a\\nb 😀 \\"q\\"!"'],
    ['no-run', 'answer()', '42'],
    ['exceptions', 'f()', '9'],
    ['two-memories', 'f()', '5'],
    ['every-type', 'records([])', '[]'],
  ] as const) {
    it(`of ${name}.wasm ${text} returns ${result}`, async () => {
      assert.equal((await call(name, text)).result, result);
    });
  }

  it('keeps its result and what the guest prints apart', async () => {
    const output = new Output();
    const { result } = await call('tools', 'say("some\\nlines\\n")', output);
    assert.equal(result, '()');
    assert.match(output.stdout, /^some\nlines\n/);
    assert.ok(!output.stdout.includes('()'));
  });

  it('returns an error with its value, and its process has ended', async () => {
    const { call: made } = await call('tools', 'divide(1, 0)');
    assert.deepEqual(made.ended?.outcome, { type: 'error', value: 'division by zero' });
    assert.equal(test.registry.all().at(-1)?.state.type, 'spent');
  });

  it('traps with its place', async () => {
    const { call: made, result } = await call('tools', 'crash()');
    assert.equal(result, null);
    const outcome = made.ended!.outcome;
    assert.equal(outcomeOf(outcome), 'trapped: wasm `unreachable` instruction executed');
    assert.match(outcome.type === 'trapped' ? (outcome.frames[0]?.source?.file ?? '') : '', /tools\.c$/);
  });

  it('of run gives its outcome, as a run does', async () => {
    const output = new Output();
    const { result } = await call('run-error', 'run()', output);
    assert.deepEqual([result, output.stdout], ['err', 'no luck\n']);
  });

  it('is refused with resources, streams and futures, and the instance can be called still', async () => {
    const instance = await test.start('tools', { engine: 'wasmtime', stdin: { type: 'empty' } });
    const session = await test.session(instance);
    await assert.rejects(
      session.call('counter(1)'),
      (error) =>
        error instanceof CallRefused &&
        error.refusal.type === 'engine-lacks' &&
        error.refusal.lack.what === 'handles',
    );
    const made = await session.call('add(1, 2)');
    assert.equal(made.ok && made.value.result, '3');
    await assert.rejects(
      session.call('add(1, 2)'),
      (error) => error instanceof CallRefused && error.refusal.type === 'process-ended',
    );
  });
});
