// @ts-check
// The truth on wasmtime beside that on jco: what repeated calls come to, and why the two differ.

/** @typedef {import('./truth.mjs').CallTruth} CallTruth */

/**
 * What three calls on one instance come to, as far as every engine tells: not whether the host was called before.
 * @typedef {'traps' | 'traps-third' | 'reruns' | 'first-call-traps' | 'exits' | 'unknown'} Course
 */

/** @param {readonly CallTruth[]} calls on one instance @returns {Course} */
export function courseOf([first, second, third]) {
  const returned = (/** @type {CallTruth | undefined} */ call) =>
    call?.outcome === 'ok' || call?.outcome === 'error';
  if (first?.outcome === 'trap') return 'first-call-traps';
  if (first?.outcome === 'exit' || second?.outcome === 'exit') return 'exits';
  if (!returned(first)) return 'unknown';
  if (second?.outcome === 'trap') return 'traps';
  if (!returned(second)) return 'unknown';
  return third?.outcome === 'trap' ? 'traps-third' : 'reruns';
}

/**
 * Whether what is said of a repeated call is wrong on wasmtime.
 * @param {boolean} warned
 * @param {Course} course
 * @returns {string | null}
 */
export function wrongOnWasmtime(warned, course) {
  if (warned && (course === 'reruns' || course === 'traps-third')) return 'false alarm';
  return !warned && course === 'traps' ? 'missed' : null;
}

/** Why a component takes another course on wasmtime: by the messages of its calls there, and here. */
const reasons = {
  wasmtime: [
    {
      message: /unknown import|not been defined/,
      reason: 'an import that is not of WASI: it traps on wasmtime, and returns nothing on jco here',
    },
    { message: /interrupt/, reason: 'the call takes longer than the limit' },
  ],
  jco: [{ message: /exceptions proposal not enabled/, reason: 'jco cannot translate exceptions' }],
};

/**
 * @param {import('./truth.mjs').Truth} onJco
 * @param {import('../wasmtime-truth/truth.mjs').WasmtimeTruth} onWasmtime
 * @returns {{jco: Course, wasmtime: Course, why: string | null} | null} null where both take the same course; `why` is null where no reason
 *   is known
 */
export function differenceOf(onJco, onWasmtime) {
  const [jco, wasmtime] = [courseOf(onJco.same), courseOf(onWasmtime.same)];
  if (jco === wasmtime) return null;
  return { jco, wasmtime, why: reasonIn(reasons.jco, onJco) ?? reasonIn(reasons.wasmtime, onWasmtime) };
}

/**
 * @param {readonly {message: RegExp, reason: string}[]} known
 * @param {{same: readonly CallTruth[]}} truth
 * @returns {string | null}
 */
function reasonIn(known, { same }) {
  const messages = same.map(({ message = '' }) => message).join('\n');
  return known.find(({ message }) => message.test(messages))?.reason ?? null;
}
