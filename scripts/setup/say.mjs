// @ts-check
const started = Date.now();

/**
 * Prints what the script does, with the seconds since it started.
 * @param {string} message
 */
export function say(message) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[${seconds}s] ${message}\n`);
}
