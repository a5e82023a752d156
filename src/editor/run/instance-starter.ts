import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readComponent } from '../../component/read-component';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import { missingImports } from '../../engine/missing-imports';
import type { Profile } from '../../instance/profile';
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
    if (instance.state.type !== 'stopped') await announceFailedStart(name, instance);
    return undefined;
  }
}

/** What an instance's terminal is called: `hello.wasm #1`. */
export function instanceTitle(name: string, { number }: Instance): string {
  return `${name} #${String(number)}`;
}

/** Says why, and where an import is missing what to do. Resolves when it is said, not when the user has read it. */
async function announceFailedStart(name: string, { state, build, profile }: Instance): Promise<void> {
  const what =
    state.type === 'failed' || state.type === 'trapped'
      ? state.message
      : `its start function ended it (${state.type})`;
  const message = `${name} could not start: ${what}`;
  if (!(await lacksImports(build, profile))) {
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

async function lacksImports(build: Build, { modules = [] }: Profile): Promise<boolean> {
  try {
    const component = readComponent(await readFile(build.path));
    const imports = component.ok ? component.value.imports.map(({ name }) => name) : [];
    return (await missingImports(build, imports, modules)).length > 0;
  } catch {
    // The file is gone: why it could not start is said already.
    return false;
  }
}
