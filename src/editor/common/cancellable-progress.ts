import * as vscode from 'vscode';
import { withoutLinks } from '../../base/sanitize';

/**
 * Does work with a notification that can cancel it.
 * @param work ends early when the signal is aborted; what it tells is shown beside the title
 */
export async function withCancellable<T>(
  title: string,
  work: (signal: AbortSignal, tell: (message: string) => void) => Promise<T>,
): Promise<T> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: withoutLinks(title), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const registration = token.onCancellationRequested(() => {
        abort.abort();
      });
      try {
        return await work(abort.signal, (message) => {
          progress.report({ message });
        });
      } finally {
        registration.dispose();
      }
    },
  );
}
