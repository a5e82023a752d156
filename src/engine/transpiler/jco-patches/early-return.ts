import { patchShape } from './patch-shape';

/**
 * Lets an asynchronous call give its result while the callee still waits. Throws if the wait is not of the shape that jco makes.
 *
 * What jco 1.35 emits: `settleCompletion`, which gives the result of a call once the piece of the callee ends in which it called
 * `task.return`. What is wrong: in that piece the callee can wait, as a handler of HTTP requests does that returns a response and then
 * writes its body with a synchronous `stream.write`. Its reader comes with the result, so that both wait for ever. Reproduction: call
 * `task.return` with a stream and then `stream.write` without `async`, in a callback. A trap in the same piece still rejects the call, as
 * long as the callee has not waited. No upstream report is known.
 */
export function patchEarlyReturn(source: string): string {
  return patchShape(source, {
    marker: 'async suspendUntil(',
    shape: /(async suspendUntil\(opts\) \{\s*const \{ cancellable, readyFn \} = opts;)/,
    replacement: '$1 this.#settleCompletionPromise();',
    does: 'suspends a task',
  });
}

/**
 * Tells the host of a failure in an asynchronous call that has given its result already: of a function among the imports, under the symbol
 * `fresh-instance.task-failed`, if there is one. Throws if the driver of calls is not of the shape that jco makes.
 *
 * What jco 1.35 emits: `handleError` in `_driverLoop`, which rejects the call. What is missing: once the call has its result, a trap is
 * told to no one, and a reader of a stream that the call returned waits for ever.
 */
export function patchTaskFailure(source: string): string {
  return patchShape(source, {
    marker: 'function _driverLoop(',
    shape: /(function _driverLoop\(args\) \{[^]*?const handleError = \(err\) => \{)/,
    replacement: "$1 imports[Symbol.for('fresh-instance.task-failed')]?.(err);",
    does: 'drives calls',
  });
}
