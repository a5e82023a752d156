import * as vscode from 'vscode';
import { withoutLinks } from '../../base/sanitize';

/**
 * Notifications. Messages contain file names, guest texts and error messages as they are. VS Code turns Markdown links in them into
 * real links, which can run any command, so links are removed here.
 */
export const notify = {
  /** Resolves to the chosen item, or undefined if the notification was closed. */
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
