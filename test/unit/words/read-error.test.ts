import assert from 'node:assert/strict';
import { readErrorText } from '../../../src/words/read-error';

describe('a file that cannot be run', () => {
  it('is told in a sentence, in a row and in a clause, with what to do', () => {
    assert.deepEqual(readErrorText({ code: 'empty', path: '/w/a.wasm' }), {
      sentence: 'a.wasm is empty.',
      row: 'empty',
      clause: 'it is empty',
      advice: 'If a build is writing it, run it again when the build is done.',
    });
  });

  it('is told with the place where a binary ends or is wrong', () => {
    const problem = { kind: 'malformed', detail: 'an unknown section (14)', offset: 4000 } as const;
    assert.equal(
      readErrorText({ code: 'invalid', path: '/w/a.wasm', problem }).sentence,
      'a.wasm is not a whole component: an unknown section (14) at byte 4,000.',
    );
    assert.equal(
      readErrorText({ code: 'invalid', path: '/w/a.wasm', problem: { ...problem, kind: 'truncated' } }).row,
      'not a whole component: truncated at byte 4,000',
    );
  });

  it('is told with its whole path where it is missing, and with the system’s reason where it is locked', () => {
    assert.equal(readErrorText({ code: 'not-found', path: '/w/a.wasm' }).sentence, 'There is no /w/a.wasm.');
    const denied = readErrorText({ code: 'unreadable', path: '/w/a.wasm', words: 'EACCES', denied: true });
    assert.equal(denied.sentence, 'a.wasm cannot be read: EACCES.');
    assert.equal(denied.advice, 'Check the permissions of the file.');
  });
});
