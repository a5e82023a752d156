import assert from 'node:assert/strict';
import { describeExit } from '../../../src/engine/runner-process';

describe('how a process of guests ended', () => {
  const killed = { code: null, signal: 'SIGKILL', lastWords: '' } as const;

  it('is its status or its signal', () => {
    assert.equal(describeExit({ code: 3, signal: null, lastWords: '' }), 'exit status 3');
    assert.equal(describeExit(killed), 'killed by SIGKILL');
  });

  it('is told with its last words where they tell of an error', () => {
    const lastWords = 'noise\n  FATAL ERROR: out of memory\nmore';
    assert.equal(
      describeExit({ code: null, signal: 'SIGABRT', lastWords }),
      'killed by SIGABRT: FATAL ERROR: out of memory',
    );
    assert.equal(describeExit({ ...killed, lastWords: 'noise' }), 'killed by SIGKILL');
  });

  it('is what it sent where that was not valid', () => {
    assert.equal(
      describeExit({ ...killed, broken: 'A runner sent a report of unknown type.' }),
      'it sent an invalid message: A runner sent a report of unknown type.',
    );
  });
});
