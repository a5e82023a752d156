import { trapOf } from '../component/trap';
import type { ServingEngine, ServingPlan } from '../engine/serving';
import type { ServeFailure } from './failure';
import { startEndOf, type Served } from './serving-runner';

/** What a runner's word on a request means; null for one that the guest answered. Looks up where it trapped. */
export async function failureOf(
  { served }: Served,
  engine: ServingEngine,
  plan: ServingPlan,
): Promise<ServeFailure | null> {
  switch (served.type) {
    case 'answered':
    case 'never-came':
      return null;
    case 'aborted':
      // The server itself ended it and has said why.
      return null;
    case 'not-started':
      return { type: 'not-started', end: startEndOf(served) };
    case 'ended':
      return await failureOfEnd(served.outcome, engine, plan);
    default:
      return served;
  }
}

type Ended = Extract<Served['served'], { type: 'ended' }>['outcome'];

async function failureOfEnd(outcome: Ended, engine: ServingEngine, plan: ServingPlan): Promise<ServeFailure> {
  if (outcome.type !== 'trapped') return outcome;
  const { frames, outOfMemory } = await engine.backtrace(plan, outcome.stack);
  const limitBytes = plan.profile.maxMemoryBytes;
  return outOfMemory && limitBytes !== undefined
    ? { type: 'memory', limitBytes, frames }
    : { type: 'trapped', trap: trapOf(outcome.kind, outcome.message, outcome.fault), frames };
}
