// @ts-check
import { readFileSync } from 'node:fs';

/**
 * Passes on to the terminal what is appended to a file.
 * @param {string} file
 */
export function follow(file) {
  let passed = 0;
  let lastAt = 0;
  return {
    /** Passes on what is new. */
    pass: () => {
      const bytes = readFileSync(file);
      if (bytes.length === passed) return;
      process.stdout.write(bytes.subarray(passed));
      passed = bytes.length;
      lastAt = Date.now();
    },
    /** When something was new for the last time, in ms since 1970; 0 if never. */
    lastAt: () => lastAt,
  };
}
