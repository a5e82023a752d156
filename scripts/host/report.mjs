// @ts-check
import { readFileSync } from 'node:fs';

/**
 * Copies what is appended to a file to the terminal.
 * @param {string} file
 */
export function follow(file) {
  let passed = 0;
  let lastAt = 0;
  return {
    /** Copies new text. */
    pass: () => {
      const bytes = readFileSync(file);
      if (bytes.length === passed) return;
      process.stdout.write(bytes.subarray(passed));
      passed = bytes.length;
      lastAt = Date.now();
    },
    /** Time of the last new text, in ms since 1970; 0 if there was none. */
    lastAt: () => lastAt,
  };
}
