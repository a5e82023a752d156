// @ts-check
// What `npm test` and `npm run test:unit` etc. are asked to run.
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';

export const allTiers = /** @type {const} */ (['unit', 'engine', 'host']);

/** @typedef {(typeof allTiers)[number]} Tier */

/**
 * @typedef {object} TestRequest
 * @property {readonly Tier[]} tiers
 * @property {readonly string[]} files test files and folders, relative to the root; empty for all
 * @property {boolean} isWatching
 * @property {readonly string[]} mochaArguments the first option and all that follows it
 */

/**
 * Reads `[TIER...] [FILE...] [--watch] [mocha's options]`. Files without a tier name it: `test/unit/...`.
 * @param {readonly string[]} args
 * @param {string} root the repository
 * @returns {TestRequest | {readonly error: string}}
 */
export function parseTestArguments(args, root) {
  const isWatching = args.includes('--watch');
  const rest = args.filter((arg) => arg !== '--watch' && arg !== '--');
  const firstOption = rest.findIndex((arg) => arg.startsWith('-'));
  const names = firstOption < 0 ? rest : rest.slice(0, firstOption);
  const mochaArguments = firstOption < 0 ? [] : rest.slice(firstOption);

  const named = allTiers.filter((tier) => names.includes(tier));
  const files = names
    .filter((name) => !allTiers.some((tier) => tier === name))
    .map((name) => relative(root, resolve(root, name)).replaceAll('\\', '/'));
  const tiersOfFiles = allTiers.filter((tier) => files.some((file) => isBelow(file, `test/${tier}`)));
  const tiers = named.length > 0 ? named : tiersOfFiles.length > 0 ? tiersOfFiles : [...allTiers];

  const lost = files.find((file) => !existsSync(resolve(root, file)));
  if (lost !== undefined) return { error: `there is no tier and no file ${lost}` };
  const foreign = files.find((file) => !tiers.some((tier) => isBelow(file, `test/${tier}`)));
  if (foreign !== undefined) return { error: `${foreign} is not in test/${tiers.join(' or test/')}` };
  if (tiers.includes('host') && (files.length > 0 || isWatching))
    return { error: 'the host tests take --run NAME and --grep WORDS, but no files and no --watch' };
  return { tiers, files, isWatching, mochaArguments };
}

/**
 * @param {string} file
 * @param {string} folder
 */
function isBelow(file, folder) {
  return file === folder || file.startsWith(`${folder}/`);
}
