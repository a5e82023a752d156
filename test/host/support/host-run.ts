import { readFileSync } from 'node:fs';
import type { HostRun } from './window-protocol';

/**
 * What the driver said about this run.
 * @throws Error outside a host run
 */
export function readHostRun(): HostRun {
  const file = process.env.FRESH_INSTANCE_HOST_RUN;
  if (file === undefined)
    throw new Error('Host tests run in a VS Code that `npm run test:host` has started.');
  return JSON.parse(readFileSync(file, 'utf8')) as HostRun; // Written by scripts/host/main.mjs a moment ago.
}
