import * as vscode from 'vscode';
import type { StartFailure } from '../../component/outcome';
import { buttons } from '../../words/notifications';
import { needsWasmtime } from '../../words/start-failure';
import { commandIds } from '../common/ids';
import { notify } from '../common/notify';
import { openWasmtimeInstallation, openWasmtimeSetting } from './choose-engine';

/** Buttons of a notification with what they do. */
export type Actions = Readonly<Record<string, () => unknown>>;

/** What helps where the engine is missing, or cannot do something. */
export function engineActions(failure: StartFailure): Actions {
  const choose = {
    [buttons.chooseEngine()]: () => vscode.commands.executeCommand(commandIds.chooseEngine),
  };
  if (failure.code === 'engine-lacks') return choose;
  if (!needsWasmtime(failure)) return {};
  return {
    [buttons.installWasmtime()]: openWasmtimeInstallation,
    [buttons.openSetting()]: openWasmtimeSetting,
    ...choose,
  };
}

/** Shows an error with buttons. */
export async function offerActions(message: string, actions: Actions): Promise<void> {
  const choice = await notify.error(message, ...Object.keys(actions));
  if (choice !== undefined) await actions[choice]?.();
}
