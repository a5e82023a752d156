import * as vscode from 'vscode';
import type { Instance } from '../../instance/registry';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import { notify } from '../common/notify';

/** What the user decided about a call that would trap. */
export type RepeatedRunChoice = 'fresh' | 'anyway' | 'cancel';

const fresh = 'Run in Fresh Instance';
const anyway = 'Run Anyway';
const why = 'Why?';

/** After so many equal answers the user is offered not to be asked again. */
const answersBeforeOffer = 2;

/** Warns before calls that would trap, says why, and lets the user decide. */
export class RepeatedRunQuestion {
  #freshAnswers = 0;

  async ask(name: string, instance: Instance, reason: string): Promise<RepeatedRunChoice> {
    const choice = await notify.warn(
      `Running ${name} again on instance #${String(instance.number)} would trap: ${reason}.`,
      fresh,
      anyway,
      why,
    );
    switch (choice) {
      case fresh:
        this.#freshAnswers += 1;
        if (this.#freshAnswers === answersBeforeOffer) void offerToAskNoMore();
        return 'fresh';
      case anyway:
        return 'anyway';
      case why:
        await vscode.commands.executeCommand(commandIds.explainVerdict, { path: instance.build.path });
        return 'cancel';
      default:
        return 'cancel';
    }
  }
}

async function offerToAskNoMore(): Promise<void> {
  const always = 'Always Run Fresh';
  const choice = await notify.info(
    'Run in a fresh instance without asking, wherever a repeated run would trap?',
    always,
    'Keep Asking',
  );
  if (choice === always) await settings.setOnRepeatedRun('fresh');
}
