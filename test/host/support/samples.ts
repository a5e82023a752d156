import * as vscode from 'vscode';
import { fixture } from '../../fixtures';
import { eventually } from './eventually';
import { click, readTree, waitFor } from './window';
import { discardEditors, heardAll } from './workbench';

/** A file of the workspace, which is a fresh copy of the samples. */
export function sample(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The window has no folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/**
 * Has a fixture in the workspace while the tests of a `describe` run.
 * @param as its name there, without the ending
 */
export function bringFixture(name: string, as = name): vscode.Uri {
  const component = sample(`${as}.wasm`);
  before(async () => {
    await vscode.workspace.fs.copy(vscode.Uri.file(fixture(name)), component, { overwrite: true });
  });
  after(async () => {
    await clearInstances();
    await vscode.workspace.fs.delete(component);
  });
  return component;
}

/** Brings the Instances view to the front. */
export async function showInstances(): Promise<void> {
  await vscode.commands.executeCommand('freshInstance.instances.focus');
}

/** The title of the Instances view in the window's language. */
const viewTitle = vscode.env.language === 'zh-cn' ? '实例' : 'Instances';

/**
 * The rows of one component in the Instances view, without the parts that differ from run to run: times, sizes and ages.
 */
export async function rowsOf(component: string): Promise<string> {
  const rows = (await readTree(viewTitle)).split('\n');
  const from = rows.findIndex((row) =>
    row
      .trimStart()
      .replace(/^[v>] /, '')
      .startsWith(`${component}  `),
  );
  if (from < 0) return '';
  const indent = depth(rows[from] ?? '');
  const rest = rows.slice(from + 1);
  const to = rest.findIndex((row) => depth(row) <= indent);
  return [rows[from] ?? '', ...rest.slice(0, to < 0 ? undefined : to)].map(steady).join('\n');
}

/** Waits until the rows of a component match, and gives them. */
export async function expectRows(component: string, expected: RegExp): Promise<string> {
  return await eventually(async () => {
    const rows = await rowsOf(component);
    if (!expected.test(rows))
      throw new Error(`The rows are:\n${rows || (await readTree(viewTitle))}\nand not ${String(expected)}`);
    return rows;
  });
}

/** Selects the first instance of the tree, as a user does before a command. */
export async function selectYoungestInstance(): Promise<void> {
  await selectRow('Instance ');
}

/** Selects the first row of the tree whose label for screen readers begins like this, and waits until the extension has heard of it. */
export async function selectRow(label: string): Promise<void> {
  const row = `[aria-label^=${JSON.stringify(label)}]`;
  await click(`.monaco-list-row${row}`);
  await waitFor(`.monaco-list-row.selected${row}`);
  await heardAll();
}

/** Clears all instances and terminals away, so that the next test begins with #1 of nothing running. */
export async function clearInstances(): Promise<void> {
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.commands.executeCommand('workbench.action.terminal.killAll');
  await discardEditors();
  await eventually(async () => {
    await vscode.commands.executeCommand('freshInstance.disposeAll');
    const rows = await readTree(viewTitle);
    if (/^\s*[v>]? ?#\d/m.test(rows)) throw new Error(`Instances are left:\n${rows}`);
  });
  // VS Code shows at most three notifications in 800 ms; the next test's are to be seen.
  await new Promise((resolve) => setTimeout(resolve, 800));
}

function depth(row: string): number {
  return row.length - row.trimStart().length;
}

function steady(row: string): string {
  return row
    .replace(/\d+(\.\d+)? (ms|s|min)\b/g, 'T')
    .replace(/\d\d:\d\d:\d\d/g, 'CLOCK')
    .replace(/\d+(\.\d+)? (KiB|MiB)/g, 'SIZE')
    .replace(/just now|T old/g, 'AGE')
    .trim();
}
