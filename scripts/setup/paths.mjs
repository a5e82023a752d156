// @ts-check
// Where things lie. Everything that a script fetches or makes goes under .cache, dist or out, none of which is in git.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Tests are bundled and lie elsewhere than this file then; scripts/test.mjs tells them. */
export const root =
  process.env.FRESH_INSTANCE_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cache = join(root, '.cache');
export const dist = join(root, 'dist');
export const out = join(root, 'out');
