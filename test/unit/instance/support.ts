import { bareProfile } from '../../../src/instance/profile';
import { InstanceRegistry, type Build } from '../../../src/instance/registry';
import { judge } from '../../../src/reuse/judge';

/** A build of a component, by its content. */
export function buildOf(path: string, sha256 = 'a'.repeat(64)): Build {
  return { path, sha256, modifiedAt: 0, sizeBytes: 100 };
}

/** A registry whose clock moves only when told. */
export function registryWithClock(): { registry: InstanceRegistry; clock: { now: number } } {
  const clock = { now: 1_000 };
  return { registry: new InstanceRegistry(() => clock.now), clock };
}

export const runRef = { interface: 'wasi:cli/run@0.2.0', func: 'run' } as const;
export { bareProfile };

/** The verdict that a repeated run traps: "its `_start` may run once per instance (guard at 0x2f1)". */
export const guardVerdict = judge({
  static: {
    type: 'guard',
    certainty: 'certain',
    place: { module: 0, funcIndex: 5, func: '_start', offset: 0x2f1 },
    cell: null,
    evidence: [],
  },
});
