import { unwatchFile, watchFile } from 'node:fs';
import { resolve } from 'node:path';
import type { Disposable } from '../../base/disposable';

/** How often the file is looked at, in ms. A watch of the system's own misses files that a build replaces, and does not work on every file system. */
const everyMs = 250;

/** Calls back when a file may have another content, one call after the other. */
export function watchBuild(file: string, changed: () => Promise<void>): Disposable {
  const path = resolve(file);
  let running = false;
  let again = false;
  const run = async () => {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      await changed();
    }
    running = false;
  };
  const listener = ({ mtimeMs, size }: { mtimeMs: number; size: number }) => {
    // A build that removes the file first is not done yet.
    if (mtimeMs > 0 && size > 0) void run();
  };
  watchFile(path, { interval: everyMs }, listener);
  return {
    dispose: () => {
      unwatchFile(path, listener);
    },
  };
}
