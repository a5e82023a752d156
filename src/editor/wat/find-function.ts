import * as vscode from 'vscode';
import { formatBytes } from '../../base/size';
import { watText } from '../../words/wat';
import type { Anatomy } from '../anatomy/anatomy';

interface FunctionItem extends vscode.QuickPickItem {
  readonly index: number;
}

/** How many functions are shown at a time. */
const mostShown = 200;

/** Lets the user find a function of a core module. Resolves with its index, or undefined if none is picked. */
export async function findFunction(
  anatomy: Anatomy,
  { path, module }: { readonly path: string; readonly module: number },
): Promise<number | undefined> {
  const pick = vscode.window.createQuickPick<FunctionItem>();
  let asked = 0;
  const search = async () => {
    const question = (asked += 1);
    pick.busy = true;
    const answer = await anatomy.findFunctions(path, pick.value, mostShown, module);
    if (question !== asked) return;
    pick.busy = false;
    const { found, total } = answer.ok ? answer.value : { found: [], total: 0 };
    pick.title = `${watText.findTitle()}: ${watText.found(found.length, total)}`;
    pick.items = found.map(({ index, name, bytes }) => ({
      label: name === '' ? String(index) : name,
      description: `${String(index)} · ${formatBytes(bytes)}`,
      // What matches was decided by the search; the picker must not hide any of it.
      alwaysShow: true,
      index,
    }));
  };
  try {
    pick.title = watText.findTitle();
    pick.placeholder = watText.findFunction();
    void search();
    return await new Promise<number | undefined>((resolve) => {
      pick.onDidChangeValue(() => void search());
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.index);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    asked += 1;
    pick.dispose();
  }
}
