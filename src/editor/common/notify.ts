import * as vscode from 'vscode';
import { withoutLinks } from '../../base/sanitize';

/**
 * Notifications, whose words show names of files, texts of guests and messages of errors as they are. VS Code makes links of what looks like
 * Markdown's in them, and clicking one can carry out any command: what a guest says must never become one.
 */
export const notify = {
  /** Resolves with the chosen item; undefined if the notification was closed. */
  async info(message: string, ...items: readonly string[]): Promise<string | undefined> {
    return await vscode.window.showInformationMessage(withoutLinks(message), ...items);
  },
  async warn(message: string, ...items: readonly string[]): Promise<string | undefined> {
    return await vscode.window.showWarningMessage(withoutLinks(message), ...items);
  },
  async error(message: string, ...items: readonly string[]): Promise<string | undefined> {
    return await vscode.window.showErrorMessage(withoutLinks(message), ...items);
  },
};
