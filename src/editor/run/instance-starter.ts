import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import { buttons } from '../../words/notifications';
import { missingImportsAdvice, notStartedText } from '../../words/not-started';
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

/** Starts instances for the user: with a terminal, with progress where it takes long, and says where it fails. */
export class InstanceStarter {
  readonly #parts: InstanceStarterParts;

  constructor(parts: InstanceStarterParts) {
    this.#parts = parts;
  }

  /** Makes a fresh instance. Undefined if it did not start: the user has been told why then. */
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
  if (state.type !== 'failed' || state.failure.code !== 'missing-imports') {
    void notify.error(notStartedText(name, state));
    return;
  }
  void notify
    .error(missingImportsAdvice(name, state, importsSetting), buttons.openSettings())
    .then(
      (choice) => choice && vscode.commands.executeCommand('workbench.action.openSettings', importsSetting),
    );
}
