import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import { engineIdentity } from '../../engine/backend';
import { instanceName } from '../../words/engine';
import { engineActions, offerActions } from './engine-actions';
import { buttons } from '../../words/notifications';
import { missingImportsAdvice, notStartedText } from '../../words/not-started';
import type { Build, Instance } from '../../instance/registry';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import type { ProfileStore } from '../engine/profile-store';
import { startWithProgress } from '../common/start-progress';

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
      // The version of its engine is known once it has started.
      added = await this.#parts.engine.startInstance(
        build,
        this.#parts.profiles.get(build.path),
        { output, samePlace: true },
        { signal, progress, onAdded },
      );
      return added;
    });
    if (instance.state.type === 'ready') return instance;
    if (instance.state.type !== 'stopped') announceFailedStart(name, instance);
    return undefined;
  }
}

/** What an instance and its terminal are called: `hello.wasm #1`, `hello.wasm #2 on wasmtime 49.0.3`. */
export function instanceTitle(name: string, instance: Instance): string {
  return instanceName(`${name} #${String(instance.number)}`, engineIdentity(instance));
}

/** Shows why an instance could not start, and what to do where an import is missing or its engine is. */
function announceFailedStart(name: string, { state }: Instance): void {
  const failure = state.type === 'failed' ? state.failure : undefined;
  if (failure?.code === 'missing-imports') {
    void offerActions(missingImportsAdvice(name, state, importsSetting), {
      [buttons.openSettings()]: () =>
        vscode.commands.executeCommand('workbench.action.openSettings', importsSetting),
    });
    return;
  }
  void offerActions(notStartedText(name, state), failure === undefined ? {} : engineActions(failure));
}
