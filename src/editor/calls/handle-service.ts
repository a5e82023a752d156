import * as vscode from 'vscode';
import { runHandleCommand, type HandleCommand } from '../../calls/handle-commands';
import type { LiveHandle } from '../../calls/handle-table';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import { dropText, handleRefusalText, handleResultLines } from '../../words/handles';
import { UserError } from '../common/user-error';
import { commandIds } from '../common/ids';
import type { CallPlanner } from '../engine/call-planner';
import { instanceTitle } from '../run/instance-starter';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import type { CallSessions } from '../engine/call-sessions';
import { notify } from '../common/notify';
import { callTitles, callErrors, callText } from '../../words/calls';
import { buttons } from '../../words/notifications';

/** What {@link HandleService} works with. */
export interface HandleServiceParts {
  readonly sessions: CallSessions;
  readonly registry: InstanceRegistry;
  readonly planner: CallPlanner;
  readonly terminals: TerminalRegistry;
}

/** Drops the resources that calls returned, and reads streams and futures, for the user. */
export class HandleService {
  readonly #parts: HandleServiceParts;

  constructor(parts: HandleServiceParts) {
    this.#parts = parts;
  }

  /** The handles of an instance that can be dropped. */
  droppable({ id }: Instance): readonly LiveHandle[] {
    return this.#parts.sessions.handlesOf(id).filter(({ droppable }) => droppable);
  }

  /** Carries out a line about handles in a document. The instance's terminal shows the result. */
  async carryOut(name: string, instance: Instance, command: HandleCommand): Promise<void> {
    const { terminals, sessions, registry, planner } = this.#parts;
    const title = instanceTitle(name, instance);
    const now = registry.get(instance.id) ?? instance;
    const plan = planner.preview(instance.build.path, { picked: now });
    const result = await runHandleCommand(command, sessions.get(instance.id), now, { plan });
    if (result.type === 'refused') {
      throw new UserError(...callErrors.handleRefused(title, handleRefusalText(result)));
    }
    const terminal = terminals.open(instance.id, title);
    for (const { text } of handleResultLines(result)) terminal.note(text);
    if (result.type === 'drop') {
      const last = result.drops.at(-1);
      if (last !== undefined && last.call.ended?.outcome.type !== 'ok')
        announceEnd(`${name}: ${dropText(result.instanceNumber, last)}`, instance.build.path);
    } else {
      terminal.show();
    }
  }

  /**
   * Drops a handle, or the handles that the user picks.
   * @param name of the component
   * @param named with the `$`; absent if the user picks
   */
  async drop(name: string, instance: Instance, named?: readonly string[]): Promise<void> {
    const names = named ?? (await this.#pick(name, instance));
    await this.carryOut(name, instance, { type: 'drop', names });
  }

  async #pick(name: string, instance: Instance): Promise<readonly string[]> {
    const picked = await vscode.window.showQuickPick(
      this.droppable(instance).map((handle) => ({
        label: handle.name,
        description: handle.type,
        detail: callTitles.handleFrom(handle.from),
      })),
      {
        title: callTitles.dropTitle(instanceTitle(name, instance)),
        placeHolder: callTitles.dropHint(),
        canPickMany: true,
        matchOnDescription: true,
        matchOnDetail: true,
      },
    );
    if (picked === undefined || picked.length === 0) throw new vscode.CancellationError();
    return picked.map(({ label }) => label);
  }
}

/** Announces that a destructor ended the instance. The command does not wait for an answer. */
function announceEnd(text: string, path: string): void {
  const fresh = buttons.callFresh();
  void notify
    .warn(callText.noMoreCalls(text), fresh)
    .then((choice) => choice && vscode.commands.executeCommand(commandIds.callExportFresh, { path }));
}
