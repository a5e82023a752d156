import { join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Calls of the guest go through this script, the only JavaScript of ours that a debugger does not skip.
 * Without it no debugger would stop at a trap: V8 does not report an exception that is caught later where the
 * innermost JavaScript frame is of a skipped script. What a user sees who steps out of the guest is this
 * text.
 */
const text = `// The guest has returned to its host. Continue (F5) to let the call end.
(function (callGuest) {
  const host = (...args) => callGuest(...args);
  return host;
})`;

/** A core instance's exports, with a call through that script around the functions that the component exports. */
export function withVisibleCalls(instance: WebAssembly.Instance): { readonly exports: CoreExports } {
  const names = Object.keys(instance.exports).filter(isLifted);
  if (names.length === 0) return instance;
  visibleCall ??= new Script(text, {
    filename: join(__dirname, 'guest-call.js'),
  }).runInThisContext() as VisibleCall;
  const exports: Record<string, unknown> = { ...instance.exports };
  for (const name of names) {
    const callGuest = exports[name];
    if (typeof callGuest === 'function') exports[name] = visibleCall(callGuest as GuestCall);
  }
  return { exports };
}

type CoreExports = WebAssembly.Instance['exports'];
type GuestCall = (...args: readonly unknown[]) => unknown;
type VisibleCall = (callGuest: GuestCall) => GuestCall;

let visibleCall: VisibleCall | undefined;

/**
 * Core exports that a component lifts are named after the interface and the function; those that only clean
 * up begin with `cabi_`.
 */
function isLifted(name: string): boolean {
  return name.includes('#') && !name.startsWith('cabi_');
}
