import assert from 'node:assert/strict';
import { t, useTranslator } from '../../../src/words/t';
import { messagesIn, messagesOf } from '../../support/messages';

describe('t', () => {
  it('fills numbered and named placeholders', () => {
    assert.equal(t('Ran {0} times on {1}, {0} in all', 3, '#1'), 'Ran 3 times on #1, 3 in all');
    assert.equal(t('{file} is empty', { file: 'a.wasm' }), 'a.wasm is empty');
  });

  it('does not read placeholders or patterns in the values', () => {
    assert.equal(t('{0} and {1}', '{1} $&', 'b'), '{1} $& and b');
  });

  it('leaves braces that are not placeholders of the message', () => {
    assert.equal(t('{polite: true} of {0}', 'you'), '{polite: true} of you');
  });

  it('goes through the translator that is set', () => {
    try {
      useTranslator((message: string, ...args: unknown[]) => `${message}/${args.join()}`);
      assert.equal(t('Ran {0} times', 2), 'Ran {0} times/2');
    } finally {
      useTranslator();
    }
  });
});

describe('calls of t', () => {
  it('have a literal message whose placeholders match the values', () => {
    const faulty = messagesIn('src').filter(({ faults }) => faults.length > 0);
    assert.deepEqual(
      faulty.map(({ place, faults }) => `${place}: ${faults.join(', ')}`),
      [],
    );
  });

  it('are faulty without a literal, with gaps, and with missing or needless values', () => {
    const faults = (call: string) => messagesOf('x.ts', call).map((message) => message.faults.length > 0);
    assert.deepEqual(faults("t('{0} of {1}', a, b); t(`plain`); t('{a}', { a })"), [false, false, false]);
    for (const wrong of [
      't(message)',
      't(`${a} b`)',
      "t('a' + b)",
      "t('{0} {2}', a, b)",
      "t('{0}')",
      "t('a', b)",
      "t('{a}', { b })",
      "t('{0}', ...all)",
    ])
      assert.deepEqual(faults(wrong), [true], wrong);
  });
});
