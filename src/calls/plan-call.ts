import type { Verdict } from '../reuse/verdict';
import { exportLabel, isRunRef, type ExportRef } from '../instance/call';
import { acceptsCalls, isFinished, refusalOf } from '../instance/life';
import { grantsKey, type Profile } from '../instance/profile';
import type { Instance } from '../instance/registry';

/** The setting `freshInstance.onRepeatedRun`: what happens where a repeated call would trap. */
export type OnRepeatedRun = 'ask' | 'fresh' | 'same';

/** What is known about repeated calls. {@link Knowledge} is one. */
export interface RepeatKnowledge {
  /** The verdict that a repeated call of an export would trap; undefined where nothing says that it would. */
  trapReason(sha256: string, ref: ExportRef): Verdict | undefined;
}

/** For a caller that knows nothing about repeated calls but the state of its instances. */
const nothingKnown: RepeatKnowledge = { trapReason: () => undefined };

/** What is to be called, and under which circumstances. */
export interface PlanRequest {
  /** The export; absent as long as the user has not chosen one, so that no repeated call can be warned of. */
  readonly export?: ExportRef | undefined;
  /** The component's instances, oldest first. */
  readonly instances: readonly Instance[];
  /** The instance that the user picked, such as the one whose row was clicked; absent if any will do. */
  readonly picked?: Instance | undefined;
  /** What the user grants now. */
  readonly grants: Profile;
  readonly knowledge: RepeatKnowledge;
  readonly onRepeatedRun: OnRepeatedRun;
}

/** Which instance a call is made on. */
export type CallPlan =
  /** `insteadOf` is the instance that would have been called if it had the grants that the user gives now. */
  | { readonly type: 'fresh'; readonly insteadOf?: Instance }
  | { readonly type: 'call'; readonly instance: Instance }
  /** The user decides, knowing `why` the call would trap. */
  | { readonly type: 'ask'; readonly instance: Instance; readonly why: Verdict }
  /** The instance that the user picked takes no calls in its state. */
  | { readonly type: 'refuse'; readonly instance: Instance };

/**
 * Decides which instance a call is made on. This is the only place that does.
 *
 * - The instance is the one that the user picked, else the component's {@link currentInstance}; a fresh one if there is none that takes calls.
 * - An instance whose grants differ from those that the user gives now is not called again, even if it was picked.
 * - If the call would trap because it is a repeated one, the setting decides. With `fresh`, a picked instance is asked about all the same.
 */
export function planCall(request: PlanRequest): CallPlan {
  const { picked, grants, onRepeatedRun } = request;
  const instance = picked ?? currentInstance(request.instances);
  if (instance === undefined) return { type: 'fresh' };
  if (!acceptsCalls(instance.state)) {
    // Where the engine keeps no instance after a call, a fresh one is what a further call means.
    const ended = refusalOf(instance.state)?.type === 'process-ended';
    return picked === undefined || ended ? { type: 'fresh' } : { type: 'refuse', instance };
  }
  if (!hasGrants(instance, grants)) return { type: 'fresh', insteadOf: instance };
  const why = trapReason(request, instance);
  if (why === undefined || onRepeatedRun === 'same') return { type: 'call', instance };
  if (onRepeatedRun === 'fresh' && picked === undefined) return { type: 'fresh' };
  return { type: 'ask', instance, why };
}

/** The plan where there is one instance, with the grants that it was made with: for a command line's `--same`, and its console. */
export function planOn(
  instance: Instance,
  ref: ExportRef | undefined,
  onRepeatedRun: OnRepeatedRun,
  knowledge: RepeatKnowledge = nothingKnown,
): CallPlan {
  const { profile: grants } = instance;
  return planCall({ export: ref, instances: [instance], picked: instance, grants, knowledge, onRepeatedRun });
}

/**
 * The instance that a call means when none is picked: the youngest of the current build that lives or is spent. Standbys do not count until
 * they are used, nor do instances of debug sessions. Undefined if there is none.
 */
export function currentInstance(instances: readonly Instance[]): Instance | undefined {
  return instances.findLast(
    ({ outdated, debugged, standby, state }) =>
      !outdated && !debugged && !standby && (!isFinished(state) || state.type === 'spent'),
  );
}

/** Whether an instance was made with just these grants. Arguments, environment and time limit are given per call and do not count. */
export function hasGrants({ profile }: Instance, grants: Profile): boolean {
  return grantsKey(profile) === grantsKey(grants);
}

/** Why the call would trap as a repeated one. A spent instance knows for itself what a second run does. */
function trapReason({ export: ref, knowledge }: PlanRequest, instance: Instance): Verdict | undefined {
  if (ref === undefined) return undefined;
  const { state, build, timesCalled } = instance;
  if (isRunRef(ref) && state.type === 'spent' && state.why !== 'process-ended') return state.why;
  return timesCalled.has(exportLabel(ref)) ? knowledge.trapReason(build.sha256, ref) : undefined;
}
