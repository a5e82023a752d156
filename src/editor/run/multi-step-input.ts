import * as vscode from 'vscode';

/** How one of several steps ended: with an answer, by the button that leads back to the step before, or by Esc. */
export type StepEnd<T> =
  { readonly type: 'answered'; readonly answer: T } | { readonly type: 'back' } | { readonly type: 'left' };

/** A step that is answered with a line. */
export interface TextStep {
  readonly title: string;
  readonly value: string;
  readonly prompt?: string;
  readonly placeHolder?: string;
  /** What is wrong with a line, or undefined. */
  readonly validate: (text: string) => string | undefined;
}

/** Asks for a line, with a button that leads back. */
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

/** Asks for one of several, with a button that leads back. */
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

/** Shows an input until it has ended in one of the ways, and takes it away. */
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
