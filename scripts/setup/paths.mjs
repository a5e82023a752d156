// @ts-check
// Folders. Scripts write only to .cache, dist and out, which are not in git.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Bundled tests are in another folder, so scripts/test-files.mjs passes the root to them. */
export const root =
  process.env.FRESH_INSTANCE_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cache = join(root, '.cache');
export const dist = join(root, 'dist');
export const out = join(root, 'out');
