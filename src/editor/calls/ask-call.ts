import * as vscode from 'vscode';
import { printFunction } from '../../component/wit-print';
import type { CallReader } from '../../calls/call-reader';
import type { KnownComponent } from '../components/known-component';

/** How long a key's effect on the checks may wait, in ms, so that fast typing is not slowed down. */
const settleMs = 40;

/** Longer calls are easier to write over several lines. */
const longestLine = 100;

/** What the user asked for: that the call is made, or to go on with its text in an editor. */
export interface AskedCall {
  readonly type: 'call' | 'edit';
  readonly text: string;
}

/** Goes on with the text of a call in an editor. */
export type EditCall = (component: KnownComponent, text: string) => Promise<void>;

interface Item extends vscode.QuickPickItem {
  /** Makes the call, goes on in an editor, or puts this text in place of the typed one. */
  readonly does: AskedCall['type'] | { readonly text: string };
}

/**
 * Asks for a call as one line of WAVE: checked while it is typed, with the signature shown and completions listed.
 * What does not fit a line is for an editor to begin with. Undefined if the user cancels.
 * @param prefilled a call to begin with, such as an example made from the types
 */
export async function askCall(
  title: string,
  reader: CallReader,
  prefilled: string,
): Promise<AskedCall | undefined> {
  if (prefilled.length > longestLine || prefilled.includes('\n')) return { type: 'edit', text: prefilled };
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'interface#function(arguments), in WAVE: add(1, 2) or greet("you", {polite: true})';
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

/** First whether the call can be made, then what could stand at its end. Everything is always listed: the text is not a filter. */
function itemsFor(text: string, reader: CallReader): Item[] {
  const completion = reader.complete(text, text.length);
  const candidates = completion.candidates.map(({ label, insert, detail }): Item => ({
    label,
    description: detail,
    alwaysShow: true,
    does: { text: `${text.slice(0, completion.start)}${insert}${text.slice(completion.end)}` },
  }));
  const edit: Item = { label: '$(edit) Write it in an editor', alwaysShow: true, does: 'edit' };
  return [...(text.trim() === '' ? [] : [checkedItem(text, reader)]), ...candidates, edit];
}

function checkedItem(text: string, reader: CallReader): Item {
  const checked = reader.check(text);
  const callee = reader.calleeOf(text);
  return {
    label: checked.ok ? '$(play) Call' : `$(error) Column ${String(checked.error.column)}`,
    description: callee === null ? '' : printFunction(callee.type),
    detail: checked.ok ? text : checked.error.message,
    alwaysShow: true,
    does: 'call',
  };
}
