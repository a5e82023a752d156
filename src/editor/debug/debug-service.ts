import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { InstanceId } from '../../instance/registry';
import { contextKeys } from '../common/ids';
import { ComponentAdapter, type SessionParts } from './component-adapter';
import { debugType } from './launch-configuration';

/** The debug sessions of this window. */
export class DebugService implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #adapters = new Map<string, ComponentAdapter>();

  constructor(parts: Omit<SessionParts, 'changed'>) {
    const changed = () => this.#showState();
    this.#owned.add(
      vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
        createDebugAdapterDescriptor: (session) => {
          const adapter = new ComponentAdapter(session, { ...parts, changed });
          this.#adapters.set(session.id, adapter);
          return new vscode.DebugAdapterInlineImplementation(adapter);
        },
      }),
    );
    this.#owned.add(
      vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
        createDebugAdapterTracker: (session) => this.#adapterOf(session)?.track(session),
      }),
    );
    this.#owned.add(
      vscode.debug.onDidTerminateDebugSession(({ id }) => {
        this.#adapters.delete(id);
        changed();
      }),
    );
    this.#owned.add(vscode.debug.onDidChangeActiveDebugSession(changed));
  }

  /** The session that owns an instance. */
  ofInstance(id: InstanceId): ComponentAdapter | undefined {
    return this.all().find((adapter) => adapter.instance?.id === id);
  }

  all(): readonly ComponentAdapter[] {
    return [...this.#adapters.values()];
  }

  /** The session that the user looks at, if it is one of ours or below one. */
  get active(): ComponentAdapter | undefined {
    return this.#adapterOf(vscode.debug.activeDebugSession);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #adapterOf(session: vscode.DebugSession | undefined): ComponentAdapter | undefined {
    for (let each = session; each !== undefined; each = each.parentSession) {
      const adapter = this.#adapters.get(each.id);
      if (adapter !== undefined) return adapter;
    }
    return undefined;
  }

  #showState(): void {
    const canRunAgain = this.active?.canRunAgain === true;
    void vscode.commands.executeCommand('setContext', contextKeys.canRunAgainInDebugger, canRunAgain);
  }
}
