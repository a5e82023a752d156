import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Makes an empty folder and gives its path, without links in it. Nobody has to remove it: a run of the tests has a temporary folder of
 * its own, which goes with all that is in it, even if the run was killed (scripts/temporary.mjs).
 */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'test-')));
}
