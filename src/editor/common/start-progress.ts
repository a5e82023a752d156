import * as vscode from 'vscode';
import { withoutLinks } from '../../base/sanitize';
import { progressText, type WorkStep } from '../../words/progress';

/** A start that takes longer than this gets a progress notification, in ms; most are over before. */
const usualPatienceMs = 700;

/**
 * Does work that may take long, such as the first start of a big component. If it does, a notification shows the step and can cancel it.
 * @param start the work: it reports its steps, and ends early when the signal is aborted
 */
export async function startWithProgress<T>(
  name: string,
  start: (signal: AbortSignal, progress: (step: WorkStep) => void) => Promise<T>,
  patienceMs: number = usualPatienceMs,
): Promise<T> {
  const abort = new AbortController();
  let show: (step: WorkStep) => void = () => undefined;
  let step: WorkStep = 'starting';
  const work = start(abort.signal, (now) => {
    step = now;
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
        progress.report({ message: progressText(now) });
      };
      show(step);
      try {
        return await work;
      } finally {
        registration.dispose();
      }
    },
  );
}
