import assert from 'node:assert/strict';
import { readPageRequest } from '../../src/page/messages';

describe('requests of the page', () => {
  it('are read as they are sent', () => {
    for (const request of [
      { type: 'ready' },
      { type: 'action', action: 'run' },
      { type: 'call', export: { func: 'add' } },
      { type: 'call', export: { interface: 'a:b/c', func: 'add' } },
      { type: 'live', action: 'dispose', id: 'i1' },
      { type: 'live', action: 'repeat', id: 'i1', number: 3 },
    ])
      assert.deepEqual(readPageRequest(request), request);
  });

  it('lose what does not belong to them', () => {
    assert.deepEqual(readPageRequest({ type: 'action', action: 'run', command: 'workbench.action.quit' }), {
      type: 'action',
      action: 'run',
    });
  });

  it('are refused where something in them is not ours', () => {
    for (const request of [
      undefined,
      null,
      'ready',
      {},
      { type: 'command', command: 'workbench.action.quit' },
      { type: 'action', action: 'workbench.action.quit' },
      { type: 'action', action: ['run'] },
      { type: 'call', export: 'add' },
      { type: 'call', export: { func: 7 } },
      { type: 'call', export: { interface: 7, func: 'add' } },
      { type: 'live', action: 'dispose' },
      { type: 'live', action: 'dispose', id: 1 },
      { type: 'live', action: 'repeat', id: 'i1', number: '3' },
      { type: 'live', action: 'repeat', id: 'i1', number: 1.5 },
    ])
      assert.equal(readPageRequest(request), undefined, JSON.stringify(request));
  });
});
