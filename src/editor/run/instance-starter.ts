import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { GuestIo } from '../../engine/guest-io';
import type { Build, Instance } from '../../instance/registry';
import type { TerminalBook } from '../terminal/terminal-book';
import type { ProfileBook } from './profile-book';
import { startWithProgress } from './start-progress';

/** Starts instances for the user: with a terminal of their own, progress where it takes long, and a word where it fails. */
export class InstanceStarter {
  readonly #engine: Engine;
  readonly #profiles: ProfileBook;
  readonly #terminals: TerminalBook;
  readonly #reveal: (instance: Instance) => Promise<void>;

  constructor(parts: {
    engine: Engine;
    profiles: ProfileBook;
    terminals: TerminalBook;
    /** Brings an instance into view. */
    reveal: (instance: Instance) => Promise<void>;
  }) {
    this.#engine = parts.engine;
    this.#profiles = parts.profiles;
    this.#terminals = parts.terminals;
    this.#reveal = parts.reveal;
  }

  /** Makes a fresh instance. Undefined if it did not come up: the user has been told why then. */
  async start(name: string, build: Build): Promise<Instance | undefined> {
    const instance = await startWithProgress(name, async (signal, progress) => {
      let added: Instance | undefined;
      const output: GuestIo['output'] = (stream, bytes) =>
        added === undefined
          ? undefined
          : this.#terminals.open(added.id, instanceTitle(name, added)).output(stream, bytes);
      const onAdded = (made: Instance) => {
        added = made;
        void this.#reveal(made);
      };
      return await this.#engine.startInstance(
        build,
        this.#profiles.get(build.path),
        { output },
        { signal, progress, onAdded },
      );
    });
    if (instance.state.type === 'ready') return instance;
    announceFailedStart(name, instance);
    return undefined;
  }
}

/** What an instance's terminal is called: `hello.wasm #1`. */
export function instanceTitle(name: string, { number }: Instance): string {
  return `${name} #${String(number)}`;
}

function announceFailedStart(name: string, { state }: Instance): void {
  if (state.type === 'stopped') return;
  const what =
    state.type === 'failed' || state.type === 'trapped'
      ? state.message
      : `its start function ended it (${state.type})`;
  void vscode.window.showErrorMessage(`${name} could not start: ${what}`);
}
