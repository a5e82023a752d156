import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import type { State } from '../../instance/life';
import { trapText } from '../../words/outcome';
import { startFailureText } from '../../words/start-failure';
import type { Build, Instance } from '../../instance/registry';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import type { ProfileStore } from '../engine/profile-store';
import { startWithProgress } from '../common/start-progress';
import { notify } from '../common/notify';

const importsSetting = 'freshInstance.imports';

/** What {@link InstanceStarter} works with. */
export interface InstanceStarterParts {
  readonly engine: Engine;
  readonly profiles: ProfileStore;
  readonly terminals: TerminalRegistry;
  /** Brings an instance into view. */
  readonly reveal: (instance: Instance) => Promise<void>;
}

/** Starts instances for the user: with a terminal of their own, progress where it takes long, and a word where it fails. */
export class InstanceStarter {
  readonly #parts: InstanceStarterParts;

  constructor(parts: InstanceStarterParts) {
    this.#parts = parts;
  }

  /** Makes a fresh instance. Undefined if it did not come up: the user has been told why then. */
  async start(name: string, build: Build): Promise<Instance | undefined> {
    const instance = await startWithProgress(name, async (signal, progress) => {
      let added: Instance | undefined;
      const output: GuestIo['output'] = (stream, bytes) =>
        added === undefined
          ? undefined
          : this.#parts.terminals.open(added.id, instanceTitle(name, added)).output(stream, bytes);
      const onAdded = (made: Instance) => {
        added = made;
        void this.#parts.reveal(made);
      };
      return await this.#parts.engine.startInstance(
        build,
        this.#parts.profiles.get(build.path),
        { output },
        { signal, progress, onAdded },
      );
    });
    if (instance.state.type === 'ready') return instance;
    if (instance.state.type !== 'stopped') announceFailedStart(name, instance);
    return undefined;
  }
}

/** What an instance's terminal is called: `hello.wasm #1`. */
export function instanceTitle(name: string, { number }: Instance): string {
  return `${name} #${String(number)}`;
}

/** Shows why an instance could not start, and what to do where an import is missing. */
function announceFailedStart(name: string, { state }: Instance): void {
  const message = `${name} could not start: ${failureWords(state)}`;
  if (state.type !== 'failed' || state.failure.code !== 'missing-imports') {
    void notify.error(message);
    return;
  }
  const open = 'Open Settings';
  const next = `Name a JavaScript module that provides it in the setting ${importsSetting}.`;
  void notify
    .error(`${message}. ${next}`, open)
    .then(
      (choice) => choice && vscode.commands.executeCommand('workbench.action.openSettings', importsSetting),
    );
}

function failureWords(state: State): string {
  switch (state.type) {
    case 'failed':
      return startFailureText(state.failure);
    case 'trapped':
      return trapText(state.trap);
    default:
      return `its start function ended it (${state.type})`;
  }
}
