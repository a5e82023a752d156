import { CallSession } from '../../calls/call-session';
import type { Engine } from '../../engine/engine';
import type { Callable } from '../../component/wave/export-lookup';
import type { LiveHandle } from '../../calls/handle-table';
import { isAlive } from '../../instance/life';
import type { InstanceId, InstanceRegistry } from '../../instance/registry';

/** The sessions of this window's instances. There is one of each, so that a handle is known wherever calls are made. */
export class CallSessions {
  readonly #engine: Engine;
  readonly #registry: InstanceRegistry;
  readonly #sessions = new Map<InstanceId, CallSession>();

  constructor(engine: Engine, registry: InstanceRegistry) {
    this.#engine = engine;
    this.#registry = registry;
    registry.onDidChange((change) => {
      if (change.type === 'removed') this.#sessions.delete(change.instance.id);
    });
  }

  /** The session of an instance, begun if need be. */
  of(id: InstanceId, exports: readonly Callable[]): CallSession {
    const known = this.get(id);
    if (known !== undefined) return known;
    const session = new CallSession(this.#engine, id, exports);
    this.#sessions.set(id, session);
    return session;
  }

  /** The session of an instance on which calls were made. */
  get(id: InstanceId): CallSession | undefined {
    return this.#sessions.get(id);
  }

  /** What the calls on an instance returned and what is still there: nothing once the instance has ended. */
  handlesOf(id: InstanceId): readonly LiveHandle[] {
    const state = this.#registry.get(id)?.state;
    return state !== undefined && isAlive(state) ? (this.get(id)?.handles.live() ?? []) : [];
  }
}
