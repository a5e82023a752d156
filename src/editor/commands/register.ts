import * as vscode from 'vscode';
import type { Disposable } from '../../base/disposable';
import { errorText } from '../../words/error';
import { CallRefused } from '../../engine/errors';
import { buttons } from '../../words/notifications';
import { unexpectedErrorText } from '../../words/user-errors';
import type { CommandTarget } from '../common/command-target';
import { commandIds, type CommandId } from '../common/ids';
import { notify } from '../common/notify';
import { parseTarget } from '../common/parse-target';
import { UserError } from '../common/user-error';

/** Carries out a command. */
export type CommandHandler = (target: CommandTarget) => unknown;

/** Handlers of some commands. */
export type CommandHandlers<Ids extends keyof typeof commandIds> = Readonly<
  Record<(typeof commandIds)[Ids], CommandHandler>
>;

/**
 * Registers a command. What its handler throws is reported once: in a notification, and with its stack in the log.
 * Cancelling is not an error.
 */
export function registerCommand(
  log: vscode.LogOutputChannel,
  id: CommandId,
  handler: CommandHandler,
): Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    try {
      return await handler(parseTarget(argument));
    } catch (error) {
      if (error instanceof vscode.CancellationError) return undefined;
      report(log, id, error);
      return undefined;
    }
  });
}

/** Shows what went wrong. The command has ended by then; it does not wait for the notification to be closed. */
function report(log: vscode.LogOutputChannel, id: string, error: unknown): void {
  if (error instanceof UserError || error instanceof CallRefused) {
    log.warn(`${id}: ${error.message}`);
    void notify.error(errorText(error));
    return;
  }
  log.error(error instanceof Error ? error : String(error), id);
  const message = errorText(error);
  void notify
    .error(unexpectedErrorText(message), buttons.showLog())
    .then((choice) => choice && vscode.commands.executeCommand(commandIds.showLog));
}
