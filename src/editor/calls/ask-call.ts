import * as vscode from 'vscode';
import { printFunction } from '../../component/wit-print';
import type { CallReader } from '../../calls/call-reader';
import { askCallText } from '../../words/ask-call';
import type { KnownComponent } from '../components/known-component';
import { waveErrorText } from '../../words/wave-error';

/** Delay of the checks after a key, in ms, so that they do not slow down typing. */
const settleMs = 40;

/** Longer calls are written in an editor, in characters. */
const longestLine = 100;

/** The user's answer: make the call, or edit its text in an editor. */
interface AskedCall {
  readonly type: 'call' | 'edit';
  readonly text: string;
}

/** Opens the text of a call in an editor. */
export type EditCall = (component: KnownComponent, text: string) => Promise<void>;

interface Item extends vscode.QuickPickItem {
  /** Makes the call, opens an editor, or replaces the typed text. */
  readonly does: AskedCall['type'] | { readonly text: string };
}

/** What {@link askCallOrEdit} asks. */
export interface CallQuestion {
  readonly title: string;
  readonly component: KnownComponent;
  readonly reader: CallReader;
  /** The call to start with, such as an example made from the types. */
  readonly prefilled: string;
}

/**
 * Asks for a call as one line of WAVE. Checks it as the user types, shows the signature and lists
 * completions. A long call goes to an editor at once. Undefined if the user cancels or continues in an editor.
 */
export async function askCallOrEdit(question: CallQuestion, editCall: EditCall): Promise<string | undefined> {
  const asked = await askCall(question);
  if (asked?.type === 'edit') await editCall(question.component, asked.text);
  return asked?.type === 'call' ? asked.text : undefined;
}

async function askCall({ title, reader, prefilled }: CallQuestion): Promise<AskedCall | undefined> {
  if (prefilled.length > longestLine || prefilled.includes('\n')) return { type: 'edit', text: prefilled };
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = askCallText.hint();
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = false;
  pick.value = prefilled;
  let settling: NodeJS.Timeout | undefined;
  const show = () => {
    pick.items = itemsFor(pick.value, reader);
  };
  show();
  try {
    return await new Promise<AskedCall | undefined>((resolve) => {
      pick.onDidChangeValue(() => {
        clearTimeout(settling);
        settling = setTimeout(show, settleMs);
      });
      pick.onDidAccept(() => {
        const item = pick.activeItems[0] ?? pick.items[0];
        if (item === undefined) return;
        if (typeof item.does === 'object') {
          pick.value = item.does.text;
          show();
        } else if (item.does === 'edit' || reader.check(pick.value).ok) {
          resolve({ type: item.does, text: pick.value });
        }
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    clearTimeout(settling);
    pick.dispose();
  }
}

/** The check of the call, then its completions. The typed text is no filter, so all items show. */
function itemsFor(text: string, reader: CallReader): Item[] {
  const completion = reader.complete(text, text.length);
  const candidates = completion.candidates.map(({ label, insert, detail }): Item => ({
    label,
    description: detail,
    alwaysShow: true,
    does: { text: `${text.slice(0, completion.start)}${insert}${text.slice(completion.end)}` },
  }));
  const edit: Item = { label: `$(edit) ${askCallText.edit()}`, alwaysShow: true, does: 'edit' };
  return [...(text.trim() === '' ? [] : [checkedItem(text, reader)]), ...candidates, edit];
}

function checkedItem(text: string, reader: CallReader): Item {
  const checked = reader.check(text);
  const callee = reader.calleeOf(text);
  return {
    label: checked.ok
      ? `$(play) ${askCallText.call()}`
      : `$(error) ${askCallText.wrongColumn(checked.error.column)}`,
    description: callee === null ? '' : printFunction(callee.type),
    detail: checked.ok ? text : waveErrorText(checked.error),
    alwaysShow: true,
    does: 'call',
  };
}
