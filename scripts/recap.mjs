// @ts-check
// What went wrong, once more at the end of all tiers: what CI keeps of a long run is its last lines.
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { out } from './setup/paths.mjs';

/** Where the lines are gathered, by this process and by mocha's. */
export const recapFile = join(out, 'recap.txt');

/** Forgets what an earlier run left. */
export function beginRecap() {
  mkdirSync(dirname(recapFile), { recursive: true });
  rmSync(recapFile, { force: true });
}

/**
 * @param {string} text one failure: where it was, and what was said of it
 */
export function addToRecap(text) {
  appendFileSync(recapFile, `${text.trimEnd()}\n\n`);
}

/** Prints what was gathered; nothing if nothing went wrong. */
export function printRecap() {
  let text;
  try {
    text = readFileSync(recapFile, 'utf8');
  } catch {
    return;
  }
  process.stdout.write(`\nWhat went wrong in this run:\n\n${text}`);
}
