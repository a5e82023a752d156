/** What a user can see of VS Code, as text. */
import { eventually } from './eventually';
import { click, read } from './window';

/** The titles of all visible code lenses, from top to bottom, without their icons and the bars between them. */
export async function lenses(): Promise<readonly string[]> {
  const pieces = await read('.monaco-editor .codelens-decoration > :is(a, span):not(:empty)');
  return pieces.map((piece) => piece.replaceAll('\u00a0', ' ').trim()).filter((piece) => piece !== '|');
}

/** Clicks the first code lens whose title has these words. */
export async function clickLens(words: string): Promise<void> {
  await click(`.monaco-editor .codelens-decoration a:has-text(${JSON.stringify(words)})`);
}

/** The messages of the notifications that are on the screen. */
export async function toasts(): Promise<readonly string[]> {
  return await read('.notifications-toasts .notification-list-item-message');
}

/** Waits until the notifications on the screen say something. */
export async function expectToast(expected: RegExp): Promise<void> {
  await eventually(async () => {
    const messages = (await toasts()).join('\n');
    if (!expected.test(messages))
      throw new Error(`The notifications are:\n${messages}\nand not ${String(expected)}`);
  });
}

/** Presses a button of a notification, waiting up to 10 s for it. */
export async function clickToastButton(label: string): Promise<void> {
  await click(`.notifications-toasts .monaco-button:has-text(${JSON.stringify(label)})`);
}

/** The message and detail of the modal dialog that is open, or nothing. */
export async function dialog(): Promise<readonly string[]> {
  return await read('.monaco-dialog-box .dialog-message-container');
}

/** Presses a button of the open modal dialog. */
export async function clickDialogButton(label: string): Promise<void> {
  await click(`.monaco-dialog-box .monaco-button:has-text(${JSON.stringify(label)})`);
}

/** The lines that the visible terminal shows, without the empty ones at the end. */
export async function terminalText(): Promise<string> {
  const lines = await read('.terminal-wrapper.active .xterm-rows > div, .terminal-editor .xterm-rows > div');
  return lines
    .map((line) => line.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

/** The rows of the open quick pick. */
export async function quickPickRows(): Promise<readonly string[]> {
  return await read('.quick-input-widget .monaco-list-row', 'aria-label');
}
