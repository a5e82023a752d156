import { once } from 'node:events';

/** Writes to stdout. Resolves when there is room for more, so that nothing piles up before a slow reader, or when the signal comes. */
export async function print(text: string, signal: AbortSignal): Promise<void> {
  if (process.stdout.write(text)) return;
  await once(process.stdout, 'drain', { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
