import assert from 'node:assert/strict';
import { CallRefused } from '../../../src/engine/errors';
import { callRefusedText } from '../../../src/words/refusal';
import { buildOf } from '../instance/support';

describe('a call that was refused', () => {
  it('is told with its instance and the reason', () => {
    const instance = { build: buildOf('/w/boom.wasm'), number: 2 };
    assert.equal(
      callRefusedText(new CallRefused({ type: 'trapped', trap: { kind: 'unreachable' } }, instance)),
      'The call on boom.wasm #2 was refused: the instance trapped (wasm `unreachable` instruction executed), and a trapped instance cannot be entered again.',
    );
    assert.equal(
      callRefusedText(new CallRefused({ type: 'disposed' })),
      'The call was refused: the instance was disposed.',
    );
  });
});
