import * as vscode from 'vscode';
import type { TrapFacts } from '../../calls/explain-trap';
import { buttons } from '../../words/notifications';
import { runText } from '../../words/run';
import { explainTrap } from '../../words/trap';
import { commandIds } from '../common/ids';
import { notify } from '../common/notify';
import { openSourceOf } from '../common/open-source';

/**
 * Says why a run trapped and offers what helps: its line, and a fresh instance where the run was not the first.
 * @param name of the component
 * @param path of the component
 */
export async function announceRunTrap(name: string, facts: TrapFacts, path: string): Promise<void> {
  const line = buttons.showLine();
  const fresh = buttons.runFresh();
  const why = buttons.why();
  const { source, cause } = facts;
  const { what, next } = explainTrap(facts);
  const choices = [...(source === undefined ? [] : [line]), ...(cause === 'first-call' ? [] : [fresh, why])];
  const choice = await notify.warn(runText.trapped(name, `${what} ${next}`), ...choices);
  if (choice === line && source !== undefined) await openSourceOf(path, source);
  if (choice === fresh) await vscode.commands.executeCommand(commandIds.runFresh, { path });
  if (choice === why) await vscode.commands.executeCommand(commandIds.explainVerdict, { path });
}
