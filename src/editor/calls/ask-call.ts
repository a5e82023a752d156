import * as vscode from 'vscode';
import { findCallees } from '../../component/wave/callee';
import { printFunction } from '../../component/wit-print';
import type { CallSession } from '../../engine/call-session';

/** How long a key's effect on the checks may wait, in ms, so that fast typing is not slowed down. */
const settleMs = 40;

interface Item extends vscode.QuickPickItem {
  /** Makes the call; or puts this text in place of the typed one. */
  readonly does: 'call' | { readonly text: string };
}

/**
 * Asks for a call as one line of WAVE: checked while it is typed, with the signature shown and completions listed.
 * Undefined if the user cancels.
 * @param prefilled a call to begin with, such as an example made from the types
 */
export async function askCall(
  title: string,
  session: CallSession,
  prefilled: string,
): Promise<string | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = 'interface#function(arguments), in WAVE: add(1, 2) or greet("you", {polite: true})';
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = false;
  pick.value = prefilled;
  let settling: NodeJS.Timeout | undefined;
  const show = () => {
    pick.items = itemsFor(pick.value, session);
  };
  show();
  try {
    return await new Promise<string | undefined>((resolve) => {
      pick.onDidChangeValue(() => {
        clearTimeout(settling);
        settling = setTimeout(show, settleMs);
      });
      pick.onDidAccept(() => {
        const item = pick.activeItems[0] ?? pick.items[0];
        if (item?.does === 'call' && session.check(pick.value).ok) resolve(pick.value);
        else if (item !== undefined && item.does !== 'call') {
          pick.value = item.does.text;
          show();
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
function itemsFor(text: string, session: CallSession): Item[] {
  const checked = session.check(text);
  const completion = session.complete(text, text.length);
  const candidates = completion.candidates.map(({ label, insert, detail }): Item => ({
    label,
    description: detail,
    alwaysShow: true,
    does: { text: `${text.slice(0, completion.start)}${insert}${text.slice(completion.end)}` },
  }));
  const signature = signatureOf(text, session);
  const first: Item = checked.ok
    ? { label: '$(play) Call', description: signature, detail: text, alwaysShow: true, does: 'call' }
    : {
        label: `$(error) Column ${String(checked.error.column)}`,
        description: signature,
        detail: checked.error.message,
        alwaysShow: true,
        does: 'call',
      };
  return text.trim() === '' ? candidates : [first, ...candidates];
}

function signatureOf(text: string, session: CallSession): string {
  const [callee] = findCallees(text.split('(', 1).join('').trim(), session.exports);
  return callee === undefined ? '' : printFunction(callee.type);
}
