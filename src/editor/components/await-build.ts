import { stat } from 'node:fs/promises';
import type { KnownComponent } from './known-component';

/** How often the file is looked at. */
const lookMs = 150;

/** A build that leaves the file alone for this long is not waited for any more, in ms. */
const usualPatienceMs = 2000;

/** Whether a component's file looks as if a build were writing it just now. */
export function isBeingBuilt({ content }: KnownComponent): boolean {
  return content.type === 'problem' && content.beingBuilt === true;
}

/**
 * Waits for a build that is writing a component: reads the file again each time it has changed, until it is whole, or has not changed for a while, or the
 * signal ends the wait. Resolves with the last reading.
 */
export async function awaitBuild(
  component: KnownComponent,
  load: (path: string) => Promise<KnownComponent>,
  signal: AbortSignal,
  patienceMs: number = usualPatienceMs,
): Promise<KnownComponent> {
  const { path } = component;
  let latest = component;
  let seen = await fingerprint(path);
  let changedAt = Date.now();
  // What was read may be older than the first look.
  let isRead = false;
  while (!signal.aborted && Date.now() - changedAt < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const now = await fingerprint(path);
    if (now === seen && isRead) continue;
    if (now !== seen) changedAt = Date.now();
    seen = now;
    isRead = true;
    latest = await load(path);
    if (latest.content.type !== 'problem') return latest;
  }
  return latest;
}

/** Differs when a file has changed. */
async function fingerprint(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? '' : `${String(found.size)} ${String(found.mtimeMs)} ${String(found.ino)}`;
}
