import type { ExportRef } from '../../instance/call';
import type { Profile } from '../../instance/profile';
import type { Instance, InstanceRegistry } from '../../instance/registry';
import type { Knowledge } from '../../calls/knowledge';
import { planCall, type CallPlan, type OnRepeatedRun } from '../../calls/plan-call';
import { settings } from '../settings/settings';
import type { ProfileStore } from './profile-store';

/** What is to be planned. */
export interface PlannedCall {
  /** Absent as long as the user has not chosen an export. */
  readonly export?: ExportRef | undefined;
  /** The instance that the user picked; absent if any will do. */
  readonly picked?: Instance | undefined;
  /** Set when the user was warned that the call would trap and wants it all the same. */
  readonly insists?: boolean;
  /** What is granted for this call, as by a launch configuration; absent for what the user grants the component. */
  readonly grants?: Profile | undefined;
}

/** What {@link CallPlanner} works with. */
export interface CallPlannerParts {
  readonly registry: InstanceRegistry;
  readonly profiles: ProfileStore;
  readonly knowledge: Knowledge;
}

/** Asks {@link planCall} with what the window knows: its instances, the grants, what was learnt, the setting. */
export class CallPlanner {
  readonly #parts: CallPlannerParts;

  constructor(parts: CallPlannerParts) {
    this.#parts = parts;
  }

  /**
   * Which instance a call of a component is made on.
   * @param path of the component
   */
  plan(path: string, call: PlannedCall): CallPlan {
    return this.#plan(path, call, call.insists === true ? 'same' : settings.onRepeatedRun());
  }

  /** The same as lenses show it before the call: what would trap is warned of, whatever the setting says. */
  preview(path: string, call: PlannedCall): CallPlan {
    return this.#plan(path, call, 'ask');
  }

  #plan(path: string, { export: ref, picked, grants }: PlannedCall, onRepeatedRun: OnRepeatedRun): CallPlan {
    const { registry, profiles, knowledge } = this.#parts;
    // Its state may have changed since the user saw it.
    const now = picked && (registry.get(picked.id) ?? { ...picked, state: { type: 'disposed' } as const });
    return planCall({
      export: ref,
      instances: registry.of(path),
      picked: now,
      // "Run Again" on the instance of a debug session means the grants of its launch configuration.
      grants: grants ?? (now?.debugged === true ? now.profile : profiles.get(path)),
      knowledge,
      onRepeatedRun,
    });
  }
}
