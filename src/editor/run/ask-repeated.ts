import * as vscode from 'vscode';
import type { Instance } from '../../instance/registry';
import { commandIds } from '../ids';
import { settings } from '../settings';

/** What the user decided about a call that would trap. */
export type RepeatedRunChoice = 'fresh' | 'anyway' | 'cancel';

const fresh = 'Run in Fresh Instance';
const anyway = 'Run Anyway';
const why = 'Why?';
const alwaysFresh = 'Always Run Fresh';

/** Warns before a call that would trap, says why, and lets the user decide. */
export async function askRepeatedRun(
  name: string,
  instance: Instance,
  reason: string,
): Promise<RepeatedRunChoice> {
  const choice = await vscode.window.showWarningMessage(
    `Running ${name} again on instance #${String(instance.number)} would trap: ${reason}.`,
    fresh,
    anyway,
    why,
    alwaysFresh,
  );
  switch (choice) {
    case fresh:
      return 'fresh';
    case anyway:
      return 'anyway';
    case alwaysFresh:
      await settings.setOnRepeatedRun('fresh');
      return 'fresh';
    case why:
      await vscode.commands.executeCommand(commandIds.explain, { path: instance.build.path });
      return 'cancel';
    default:
      return 'cancel';
  }
}
