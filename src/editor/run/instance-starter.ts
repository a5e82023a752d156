import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import { engineIdentity } from '../../engine/backend';
import type { StartFailure } from '../../component/outcome';
import { instanceName } from '../../words/engine';
import { needsWasmtime } from '../../words/start-failure';
import { commandIds } from '../common/ids';
import { openWasmtimeInstallation, openWasmtimeSetting } from './choose-engine';
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
    void offer(missingImportsAdvice(name, state, importsSetting), {
      [buttons.openSettings()]: () =>
        vscode.commands.executeCommand('workbench.action.openSettings', importsSetting),
    });
    return;
  }
  void offer(notStartedText(name, state), failure === undefined ? {} : engineActions(failure));
}

/** What helps where the engine is missing, or cannot do something. */
function engineActions(failure: StartFailure): Readonly<Record<string, () => unknown>> {
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
async function offer(message: string, actions: Readonly<Record<string, () => unknown>>): Promise<void> {
  const choice = await notify.error(message, ...Object.keys(actions));
  if (choice !== undefined) await actions[choice]?.();
}
