import assert from 'node:assert/strict';
import { isRunRef } from '../../../src/instance/call';

describe('a reference to an export', () => {
  it('is a run for wasi:cli/run of any version and without one, since Run calls that too', () => {
    const isRun = (home: string | undefined, func = 'run') =>
      isRunRef(home === undefined ? { func } : { interface: home, func });
    assert.equal(isRun('wasi:cli/run@0.2.6'), true);
    assert.equal(isRun('wasi:cli/run@0.3.0'), true);
    assert.equal(isRun('wasi:cli/run'), true);
    assert.equal(isRun('wasi:cli/run@0.2.6', 'walk'), false);
    assert.equal(isRun('wasi:cli/running@0.2.6'), false);
    assert.equal(isRun('my:cli/run@0.2.6'), false);
    assert.equal(isRun(undefined), false);
  });
});
