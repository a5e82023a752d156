import * as vscode from 'vscode';
import type { Instance } from '../../instance/registry';
import { commandIds } from '../common/ids';
import { settings } from '../settings/settings';
import { notify } from '../common/notify';
import { buttons } from '../../words/notifications';
import { offerButtons, runText } from '../../words/run';

/** What the user decided about a call that would trap. */
export type RepeatedRunChoice = 'fresh' | 'anyway' | 'cancel';

/** After so many equal answers the user is offered not to be asked again. */
const answersBeforeOffer = 2;

/** Warns before calls that would trap, says why, and lets the user decide. */
export class RepeatedRunQuestion {
  #freshAnswers = 0;

  async ask(name: string, instance: Instance, reason: string): Promise<RepeatedRunChoice> {
    const fresh = buttons.runFresh();
    const anyway = buttons.runAnyway();
    const why = buttons.why();
    const choice = await notify.warn(runText.wouldTrap(name, instance.number, reason), fresh, anyway, why);
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
  const always = offerButtons.always();
  const choice = await notify.info(runText.offerFresh(), always, offerButtons.ask());
  if (choice === always) await settings.setOnRepeatedRun('fresh');
}
