import { record } from './dap';

/** The end of a line of V8's stack text that is in a script: `(component.js:7141:25)`, `runner.js:27:5170`. */
const inScript = /[\w$>)]:\d+:\d+\)?$/;

/**
 * Leaves only guest frames in the stack of an `exceptionInfo` response, which VS Code shows in the box over the line. The frames of the
 * runner and of jco's glue are none of the user's code. A stack without guest frames stays as it is.
 *
 * The message is changed in place: a tracker sees it before VS Code does, and has no other way to change it.
 */
export function showGuestFramesOnly(message: unknown): void {
  const { type, command, body } = record(message);
  if (type !== 'response' || command !== 'exceptionInfo') return;
  const details = record(body).details;
  if (typeof details !== 'object' || details === null || !('stackTrace' in details)) return;
  if (typeof details.stackTrace === 'string') details.stackTrace = guestFrames(details.stackTrace);
}

/** The lines of a stack without those in scripts. A frame of WebAssembly ends in a byte offset: `wasm-function[8]:0x22c)`. */
export function guestFrames(stack: string): string {
  const lines = stack.split('\n');
  const isFrame = (line: string) => /^\s*at /.test(line);
  const guest = lines.filter((line) => !isFrame(line) || !inScript.test(line.trimEnd()));
  return guest.some(isFrame) ? guest.join('\n') : stack;
}
