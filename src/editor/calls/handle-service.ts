import * as vscode from 'vscode';
import { dropText, dropWhat, handleLines, readWhat, type HandleCommand } from '../../calls/handle-commands';
import { readFailure, readingNote, readingText } from '../../calls/reading-text';
import { readLimits } from '../../engine/wire-reading';
import type { LiveHandle } from '../../calls/handle-table';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import { UserError } from '../common/user-error';
import { commandIds } from '../common/ids';
import { instanceTitle } from '../run/instance-starter';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import type { CallSessions } from '../engine/call-sessions';
import { notify } from '../common/notify';

/** What {@link HandleService} works with. */
export interface HandleServiceParts {
  readonly sessions: CallSessions;
  readonly registry: InstanceRegistry;
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

  /** Carries out a line about handles that stands among the calls of a document. What it lists is in the instance's terminal. */
  async carryOut(name: string, instance: Instance, command: HandleCommand): Promise<void> {
    if (command.type === 'drop') {
      if (command.names.length === 0) throw new UserError(dropWhat, 'Write which, and drop them then.');
      await this.drop(name, instance, command.names);
      return;
    }
    if (command.type === 'read') {
      await this.#read(name, instance, command.names);
      return;
    }
    const terminal = this.#parts.terminals.open(instance.id, instanceTitle(name, instance));
    const lines = handleLines(this.#parts.sessions.handlesOf(instance.id));
    for (const line of lines.length === 0 ? ['There are no handles.'] : lines) terminal.note(line);
    terminal.show();
  }

  /**
   * Drops a handle, or those that the user picks. What became of them is in the instance's history and terminal; what went wrong is announced.
   * @param name of the component
   * @param named with their `$`; absent if the user is to pick
   */
  async drop(name: string, instance: Instance, named?: readonly string[]): Promise<void> {
    const handles = named ?? (await this.#pick(name, instance));
    const title = instanceTitle(name, instance);
    const dropped = await this.#parts.sessions.get(instance.id)?.drop(handles);
    if (dropped?.ok !== true) {
      throw new UserError(
        `Nothing was dropped on ${title}. ${dropped?.error ?? 'No call was made on it.'}`,
        'The Instances view lists the handles of each instance.',
      );
    }
    const terminal = this.#parts.terminals.open(instance.id, title);
    for (const made of dropped.value) {
      const text = dropText(this.#parts.registry.get(instance.id) ?? instance, made);
      terminal.note(text);
      if (made.call.ended?.outcome.type !== 'ok') announceEnd(`${name}: ${text}`, instance.build.path);
    }
  }

  /** What was read is in the instance's terminal; of a read that ended the instance its history tells. */
  async #read(name: string, instance: Instance, names: readonly string[]): Promise<void> {
    const [handle] = names;
    if (handle === undefined || names.length > 1)
      throw new UserError(readWhat, 'Write which, and read it then.');
    const title = instanceTitle(name, instance);
    const session = this.#parts.sessions.get(instance.id);
    const next = 'The Instances view lists the handles of each instance.';
    if (session === undefined)
      throw new UserError(`Nothing was read on ${title}. No call was made on it.`, next);
    const made = await session.read(handle);
    if (!made.ok) throw new UserError(`Nothing was read on ${title}. ${made.error}`, next);
    const { handle: read, reading } = made.value;
    const lines =
      reading === null
        ? [readFailure(instance.number, made.value)]
        : [readingText(read, reading, session.handles), readingNote(read, reading, readLimits.waitMs)].filter(
            (line) => line !== null,
          );
    const terminal = this.#parts.terminals.open(instance.id, title);
    for (const line of lines) terminal.note(line);
    terminal.show();
  }

  async #pick(name: string, instance: Instance): Promise<readonly string[]> {
    const picked = await vscode.window.showQuickPick(
      this.droppable(instance).map((handle) => ({
        label: handle.name,
        description: handle.type,
        detail: `from ${handle.from}`,
      })),
      {
        title: `Drop handles of ${instanceTitle(name, instance)}`,
        placeHolder: 'Their destructors run in the guest',
        canPickMany: true,
        matchOnDescription: true,
        matchOnDetail: true,
      },
    );
    if (picked === undefined || picked.length === 0) throw new vscode.CancellationError();
    return picked.map(({ label }) => label);
  }
}

/** Says that a destructor ended the instance. The command has ended then; it does not wait for an answer. */
function announceEnd(text: string, path: string): void {
  const fresh = 'Call in Fresh Instance';
  void notify
    .warn(`${text} The instance takes no more calls.`, fresh)
    .then((choice) => choice && vscode.commands.executeCommand(commandIds.callExportFresh, { path }));
}
