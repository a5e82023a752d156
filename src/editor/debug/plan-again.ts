import type { ExportRef } from '../../instance/call';
import type { Profile } from '../../instance/profile';
import type { Instance } from '../../instance/registry';
import type { CallPlanner } from '../engine/call-planner';

/** What a debug session says of itself, for {@link planAgain}. */
export interface DebuggedRun {
  /** Its guest has returned and its instance takes calls. */
  readonly canRunAgain: boolean;
  readonly instance: Instance | undefined;
  /** What it calls. */
  readonly export: ExportRef | undefined;
}

/** What a launch configuration with `instance: current` leads to. */
export type AgainPlan<Session> =
  | { readonly type: 'call'; readonly session: Session }
  /** `insteadOf` is the instance that would have been called if it had the grants of the launch configuration. */
  | { readonly type: 'fresh'; readonly insteadOf?: Instance };

/**
 * Decides for `instance: current` whether the youngest session that can call again does so, or a fresh instance
 * is made. The planner is told that the user insists: a second run that traps is worth debugging.
 * @param sessions of this window, oldest first
 * @param path of the component
 * @param grants what the launch configuration and the settings grant now
 */
export function planAgain<Session extends DebuggedRun>(
  sessions: readonly Session[],
  path: string,
  grants: Profile,
  planner: Pick<CallPlanner, 'plan'>,
): AgainPlan<Session> {
  const session = sessions.findLast(
    ({ canRunAgain, instance }) => canRunAgain && instance?.build.path === path && !instance.outdated,
  );
  const picked = session?.instance;
  if (session === undefined || picked === undefined) return { type: 'fresh' };
  const plan = planner.plan(path, { export: session.export, picked, grants, insists: true });
  switch (plan.type) {
    case 'call':
    case 'ask':
      return { type: 'call', session };
    case 'fresh':
      return plan;
    // It has ended since.
    case 'refuse':
      return { type: 'fresh' };
  }
}
