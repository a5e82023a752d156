/** What a user can see of VS Code, as text, and how they act on it. */
import * as vscode from 'vscode';
import { eventually } from './eventually';
import { click, fill, press, read, typeText } from './window';

/** The titles of all visible code lenses, from top to bottom, without their icons and the bars between them. */
export async function lenses(): Promise<readonly string[]> {
  const pieces = await read('.monaco-editor .codelens-decoration > :is(a, span):not(:empty)');
  return pieces.map((piece) => piece.replaceAll('\u00a0', ' ').trim()).filter((piece) => piece !== '|');
}

/** Waits until the titles of all visible code lenses, with `|` between them, match. */
export async function expectLenses(expected: RegExp): Promise<void> {
  await expectText('lenses', expected, async () => (await lenses()).join('|'));
}

/** Clicks the first code lens whose title has these words. */
export async function clickLens(words: string): Promise<void> {
  await click(`.monaco-editor .codelens-decoration a:has-text(${JSON.stringify(words)})`);
}

/** The messages of the notifications that are on the screen. */
export async function toasts(): Promise<readonly string[]> {
  return await read(notification('.notification-list-item-message'));
}

/** Waits until the notifications on the screen say something. */
export async function expectToast(expected: RegExp): Promise<void> {
  await expectText('notifications', expected, async () => (await toasts()).join('\n'));
}

/** Presses a button of a notification, waiting up to 20 s for it. */
export async function clickToastButton(label: string): Promise<void> {
  await click(notification(`.monaco-button:has-text(${JSON.stringify(label)})`));
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

/** Waits until the lines of the visible terminal match. */
export async function expectTerminal(expected: RegExp): Promise<void> {
  await expectText('terminal', expected, terminalText);
}

/** Types a line into the visible terminal, sees it there, and ends it with Enter. */
export async function enterInTerminal(line: string): Promise<void> {
  await typeText(line, terminalInput);
  await eventually(async () => {
    const seen = await terminalText();
    if (!seen.endsWith(line)) throw new Error(`The terminal:\n${seen}\nwithout "${line}" at its end`);
  });
  await press('Enter', terminalInput);
}

/** Presses one key in the visible terminal. */
export async function pressInTerminal(key: string): Promise<void> {
  await press(key, terminalInput);
}

/** Types into the active editor. */
export async function typeInEditor(text: string): Promise<void> {
  await typeText(text, editorInput);
}

/** Presses one key in the active editor, such as `Control+Enter`. */
export async function pressInEditor(key: string): Promise<void> {
  await press(key, editorInput);
}

/**
 * Closes all editors without saving. `closeAllEditors` would ask about an unsaved document, and wait for the answer. The tabs tell what is
 * open: for a moment after one editor has closed, there is no active one though others are open.
 */
export async function discardEditors(): Promise<void> {
  await eventually(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    if (left.length > 0) throw new Error(`Editors are left: ${left.join(', ')}`);
  });
}

/** The rows of the open quick pick. */
export async function quickPickRows(): Promise<readonly string[]> {
  return await read(`${quickInput} .monaco-list-row`, 'aria-label');
}

/** Waits until the rows of the open quick pick, a line each, match. */
export async function expectQuickPick(expected: RegExp): Promise<void> {
  await expectText('rows of the quick pick', expected, async () => (await quickPickRows()).join('\n'));
}

/** Waits until the title of the open quick pick or input matches. */
export async function expectQuickInput(title: RegExp): Promise<void> {
  await expectText('title of the quick input', title, async () =>
    (await read(`${quickInput} .quick-input-title`)).join(),
  );
}

/** Puts a text into the open quick pick or input, in place of what it has. */
export async function fillQuickInput(text: string): Promise<void> {
  await fill(quickInputBox, text);
}

/** Presses one key in the open quick pick or input, such as `Enter` or `Escape`. */
export async function pressInQuickInput(key: string): Promise<void> {
  await press(key, quickInputBox);
}

/** Clicks the first row of the open quick pick that has these words. */
export async function clickQuickPick(words: string): Promise<void> {
  await click(`${quickInput} .monaco-list-row:has-text(${JSON.stringify(words)})`);
}

/**
 * Waits until the extension host knows all that the window has told it so far, such as which row is selected: both ways keep the order,
 * so that the answer to a question comes after it.
 */
export async function heardAll(): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'hostTest.heard', true);
}

/** Before and since VS Code takes the browser's EditContext for its editors. */
const editorInput =
  '.editor-group-container.active .editor-instance :is(textarea.inputarea, .native-edit-context)';
const terminalInput = '.terminal-wrapper.active .xterm-helper-textarea';
const quickInput = '.quick-input-widget';
const quickInputBox = `${quickInput} .quick-input-box input`;

function notification(part: string): string {
  return `.notifications-toasts ${part}`;
}

async function expectText(what: string, expected: RegExp, see: () => Promise<string>): Promise<void> {
  await eventually(async () => {
    const seen = await see();
    if (!expected.test(seen)) throw new Error(`The ${what}:\n${seen}\nnot ${String(expected)}`);
  });
}
