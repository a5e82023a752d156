import { CallSession } from '../../calls/call-session';
import type { Engine } from '../../engine/engine';
import type { Callable } from '../../component/wave/export-lookup';
import type { LiveHandle } from '../../calls/handle-table';
import { isAlive } from '../../instance/life';
import { callProfile, type Profile } from '../../instance/profile';
import type { InstanceId, InstanceRegistry } from '../../instance/registry';

/** What {@link CallSessions} works with. */
export interface CallSessionsParts {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  /** What the user gives the calls of a component now. */
  readonly profiles: { get(path: string): Profile };
}

/** The call sessions of this window, one per instance, so that all fronts share an instance's handles. */
export class CallSessions {
  readonly #parts: CallSessionsParts;
  readonly #sessions = new Map<InstanceId, CallSession>();

  constructor(parts: CallSessionsParts) {
    this.#parts = parts;
    parts.registry.onDidChange((change) => {
      if (change.type === 'removed') this.#sessions.delete(change.instance.id);
    });
  }

  /** The session of an instance. Makes one if there is none. */
  of(id: InstanceId, exports: readonly Callable[]): CallSession {
    const known = this.get(id);
    if (known !== undefined) return known;
    const session = new CallSession(this.#parts.engine, id, exports, () => this.#profileOf(id));
    this.#sessions.set(id, session);
    return session;
  }

  /** The session of an instance on which calls were made. */
  get(id: InstanceId): CallSession | undefined {
    return this.#sessions.get(id);
  }

  /** The handles on an instance that calls can use; none once the instance has ended. */
  handlesOf(id: InstanceId): readonly LiveHandle[] {
    const state = this.#parts.registry.get(id)?.state;
    return state !== undefined && isAlive(state) ? (this.get(id)?.handles.live() ?? []) : [];
  }

  /** The grants that the instance was made with, and the arguments, environment and time limit that are given now. */
  #profileOf(id: InstanceId): Profile | undefined {
    const instance = this.#parts.registry.get(id);
    if (instance === undefined || instance.debugged) return undefined;
    return callProfile(instance.profile, this.#parts.profiles.get(instance.build.path));
  }
}
