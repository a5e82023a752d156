// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/**
 * Installs the project's npm packages if they are not there or not those of the lockfile.
 * Called before any script imports a package, so that the two commands work on a bare clone.
 */
export async function ensureDependencies() {
  const stamp = join(root, 'node_modules', '.fresh-instance-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing npm packages (about 700 MB unpacked, once)');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root });
  writeFileSync(stamp, wanted);
}
