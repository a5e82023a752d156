// @ts-check
const started = Date.now();

/**
 * Tells the person at the terminal what is being done, with the seconds since the script began.
 * @param {string} message
 */
export function say(message) {
  const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`[${seconds}s] ${message}\n`);
}
