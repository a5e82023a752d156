import assert from 'node:assert/strict';
import { guestFrames, showGuestFramesOnly } from '../../../src/editor/debug/exception-box';

const stack = [
  '  at boom.explode (wasm://wasm/boom-000452b6:wasm-function[8]:0x22c)',
  '    at wasi:cli/run@0.2.12#run (wasm://wasm/0004d2c2:wasm-function[54]:0x1db8)',
  '    at host (/x/dist/guest-call.js:3:29)',
  '    at fn (component.js:7141:25)',
  '    at C:\\x\\dist\\runner.js:27:5170',
  '    at main (node:internal/main:12:3)',
].join('\n');

describe('the exception box of the debugger', () => {
  it('shows guest frames and leaves out those of scripts', () => {
    assert.equal(guestFrames(stack), stack.split('\n').slice(0, 2).join('\n'));
  });

  it('keeps a stack that has no guest frame', () => {
    const other = 'Error: x\n    at fn (component.js:7141:25)';
    assert.equal(guestFrames(other), other);
  });

  it('changes the response to exceptionInfo and no other message', () => {
    const response = (command: string) => ({
      type: 'response',
      command,
      body: { details: { stackTrace: stack } },
    });
    const changed = response('exceptionInfo');
    const other = response('stackTrace');
    showGuestFramesOnly(changed);
    showGuestFramesOnly(other);
    assert.doesNotMatch(changed.body.details.stackTrace, /component\.js/);
    assert.equal(other.body.details.stackTrace, stack);
  });
});
