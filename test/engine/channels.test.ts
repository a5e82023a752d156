import { trapText } from '../../src/words/outcome';
import assert from 'node:assert/strict';
import { CallSession, readCallables } from '../../src/calls/call-session';
import { TestEngine } from './harness';
import { waveErrorText } from '../../src/words/wave-error';

const hasJspi = 'Suspending' in WebAssembly;

if (hasJspi) {
  describe('streams and futures', () => {
    const test = new TestEngine();
    let session: CallSession;
    beforeEach(async () => {
      const instance = await test.start('channels', { timeoutMs: 30_000 });
      const exports = await readCallables(instance.build);
      assert.ok(exports.ok);
      session = new CallSession(test.engine, instance.id, exports.value);
    });
    after(() => test.dispose());

    async function returned(text: string): Promise<string> {
      const made = await session.call(text);
      assert.ok(made.ok, made.ok ? '' : `${text}: ${waveErrorText(made.error)}`);
      const outcome = made.value.call.ended?.outcome;
      return (
        made.value.result ?? (outcome?.type === 'trapped' ? trapText(outcome.trap) : String(outcome?.type))
      );
    }

    for (const [call, result] of [
      ['sum([1, 2, 3])', '6'],
      ['sum([])', '0'],
      ['sum([4294967295, 4294967295])', '8589934590'],
      ['join(["a few ", "", "words ☃"])', '"a few words ☃"'],
      ['collect([0, 255])', '[0, 255]'],
      ['double(21)', '42'],
      ['first([7, 8, 9])', 'some(7)'],
      ['first([])', 'none'],
      ['keep([1])', '()'],
    ] as const) {
      it(`are written as what they hold: ${call} is ${result}`, async () => {
        assert.equal(await returned(call), result);
      });
    }

    it('take more than the guest reads at once', async () => {
      const bytes = `[${Array.from({ length: 5000 }, (_, index) => index % 256).join(', ')}]`;
      assert.equal(await returned(`collect(${bytes})`), bytes);
    });

    it('that calls returned are given on by name, and are gone then', async () => {
      assert.equal(await returned('count(4)'), '$1');
      assert.equal(await returned('sum($1)'), '10');
      const again = await session.call('sum($1)');
      assert.equal(again.ok ? '' : waveErrorText(again.error), '`$1` was given to an earlier call.');
      assert.equal(await returned('words("one two three")'), '$2');
      assert.equal(await returned('join($2)'), '"onetwothree"');
      assert.equal(await returned('pass([4, 5])'), '$3');
      assert.equal(await returned('sum($3)'), '9');
    });

    it('that are returned and never filled or read do not keep the call', async () => {
      assert.equal(await returned('quiet()'), '$1');
      assert.equal(await returned('never()'), '$2');
      assert.equal(await returned('endless()'), '$3');
      assert.equal(await returned('later("text")'), '$4');
      assert.equal(await returned('pass-future("text")'), '$5');
      assert.equal(await returned('sum([1])'), '1');
    });

    it('are in the history as they were written', async () => {
      const made = await session.call('sum( [1,2] )');
      assert.equal(made.ok ? made.value.text : '', 'sum([1, 2])');
      const future = await session.call('double( 4 )');
      assert.equal(future.ok ? future.value.text : '', 'double(4)');
    });

    it('say what they want where something else is written', async () => {
      const made = await session.call('sum(1)');
      assert.equal(
        made.ok ? '' : waveErrorText(made.error),
        'Expected a list in `[` `]`, or the name of a handle like `$1` (stream<u32>), found `1`.',
      );
    });
  });
}
