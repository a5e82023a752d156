// @ts-check
// Repeats all failures at the end of all tiers, since CI shows only the last lines of a long run.
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { out } from './setup/paths.mjs';

/** This process and mocha's append to it. */
export const recapFile = join(out, 'recap.txt');

/** Deletes the failures of an earlier run. */
export function beginRecap() {
  mkdirSync(dirname(recapFile), { recursive: true });
  rmSync(recapFile, { force: true });
}

/**
 * @param {string} text one failure: its place and its message
 */
export function addToRecap(text) {
  appendFileSync(recapFile, `${text.trimEnd()}\n\n`);
}

/** Prints the failures, if any. */
export function printRecap() {
  let text;
  try {
    text = readFileSync(recapFile, 'utf8');
  } catch {
    return;
  }
  process.stdout.write(`\nWhat went wrong in this run:\n\n${text}`);
}
