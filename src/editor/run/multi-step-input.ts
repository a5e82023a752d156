import * as vscode from 'vscode';

/** The end of a step: an answer, the Back button, or Esc. */
export type StepEnd<T> =
  { readonly type: 'answered'; readonly answer: T } | { readonly type: 'back' } | { readonly type: 'left' };

/** A step that asks for a line of text. */
export interface TextStep {
  readonly title: string;
  readonly value: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  /** Returns what is wrong with a text, or undefined. */
  readonly validate: (text: string) => string | undefined;
}

/** Asks for a line of text, with a Back button. */
export async function askText({
  title,
  value,
  prompt,
  placeHolder,
  validate,
}: TextStep): Promise<StepEnd<string>> {
  const box = vscode.window.createInputBox();
  Object.assign(box, { title, value, prompt, placeholder: placeHolder, ignoreFocusOut: true });
  box.buttons = [vscode.QuickInputButtons.Back];
  const check = () => (box.validationMessage = validate(box.value));
  box.onDidChangeValue(check);
  return await ended<string>(box, (answer) => {
    box.onDidAccept(() => {
      if (check() === undefined) answer(box.value);
    });
  });
}

/** Asks for one of several choices, with a Back button. */
export async function askChoice(title: string, choices: readonly string[]): Promise<StepEnd<string>> {
  const list = vscode.window.createQuickPick();
  Object.assign(list, { title, items: choices.map((label) => ({ label })), ignoreFocusOut: true });
  list.buttons = [vscode.QuickInputButtons.Back];
  return await ended<string>(list, (answer) => {
    list.onDidAccept(() => {
      const [chosen] = list.selectedItems;
      if (chosen !== undefined) answer(chosen.label);
    });
  });
}

/** Shows an input until the step ends, then removes it. */
async function ended<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  listen: (answer: (value: T) => void) => void,
): Promise<StepEnd<T>> {
  try {
    return await new Promise<StepEnd<T>>((resolve) => {
      listen((answer) => {
        resolve({ type: 'answered', answer });
      });
      input.onDidTriggerButton(() => {
        resolve({ type: 'back' });
      });
      input.onDidHide(() => {
        resolve({ type: 'left' });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}
