import * as vscode from 'vscode';
import { withoutLinks } from '../../base/sanitize';

/** A start that takes longer than this gets a progress notification, in ms; most are over before. */
const usualPatienceMs = 700;

/**
 * Does what may take long, such as the first start ever of a big component; where it does, it says so, and can be cancelled.
 * @param start the work: it reports what it is doing, and ends early when the signal says so
 */
export async function startWithProgress<T>(
  name: string,
  start: (signal: AbortSignal, progress: (message: string) => void) => Promise<T>,
  patienceMs: number = usualPatienceMs,
): Promise<T> {
  const abort = new AbortController();
  let show: (message: string) => void = () => undefined;
  let message = 'starting';
  const work = start(abort.signal, (now) => {
    message = now;
    show(now);
  });
  const slow = await Promise.race([
    work.then(
      () => false,
      () => false,
    ),
    new Promise<true>((resolve) => setTimeout(resolve, patienceMs, true)),
  ]);
  if (!slow) return await work;
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(name), cancellable: true },
    async (progress, token) => {
      const registration = token.onCancellationRequested(() => {
        abort.abort();
      });
      show = (now) => {
        progress.report({ message: now });
      };
      show(message);
      try {
        return await work;
      } finally {
        registration.dispose();
      }
    },
  );
}
