import fs from 'node:fs';
import { askForLink } from '../pipes';

/**
 * Lets the WASI shims make symbolic links where Node's permission model does not: the engine makes them, if they stay inside of what is
 * granted. Does nothing where there is no permission model.
 */
export function makeLinksThroughEngine(): void {
  if (!('permission' in process)) return;
  const make = (target: unknown, path: unknown): void => {
    const code = askForLink({ path: String(path), target: String(target) });
    if (code !== undefined) throw Object.assign(new Error(`${code}: symlink`), { code });
  };
  fs.symlinkSync = make;
  // The engine answers in less than the time of a turn of the event loop.
  // eslint-disable-next-line @typescript-eslint/require-await
  fs.promises.symlink = async (target, path) => {
    make(target, path);
  };
}
