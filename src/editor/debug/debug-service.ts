import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Profile } from '../../instance/profile';
import type { InstanceId } from '../../instance/registry';
import { contextKeys } from '../common/ids';
import type { CallPlanner } from '../engine/call-planner';
import { ComponentAdapter, type SessionParts } from './component-adapter';
import { debugType } from './launch-configuration';
import { planAgain, type AgainPlan } from './plan-again';

/** What {@link DebugService} works with. */
export interface DebugServiceParts extends Omit<SessionParts, 'changed' | 'planAgain'> {
  readonly planner: CallPlanner;
}

/** The debug sessions of this window. */
export class DebugService implements Disposable {
  readonly #owned = new DisposableStore();
  readonly #adapters = new Map<string, ComponentAdapter>();

  readonly #parts: DebugServiceParts;

  constructor(parts: DebugServiceParts) {
    this.#parts = parts;
    const changed = () => this.#showState();
    const planAgain: SessionParts['planAgain'] = (path, grants) => this.planAgain(path, grants);
    this.#owned.add(
      vscode.debug.registerDebugAdapterDescriptorFactory(debugType, {
        createDebugAdapterDescriptor: (session) => {
          const adapter = new ComponentAdapter(session, { ...parts, planAgain, changed });
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

  /** What a launch configuration with `instance: current` leads to; see {@link planAgain}. */
  planAgain(path: string, grants: Profile): AgainPlan<ComponentAdapter> {
    return planAgain(this.all(), path, grants, this.#parts.planner);
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
