import { defined } from '../base/defined';
import type { Trap } from '../component/trap';
import { exportLabel, isRunRef, trapSource, type Call } from '../instance/call';
import type { Instance } from '../instance/registry';
import type { Evidence } from '../reuse/evidence';
import { wouldTrap, type Verdict } from '../reuse/verdict';

/**
 * What a trap has to do with repeated calls:
 * - `guard`: a repeated run ended in `unreachable`, and its verdict is that it traps;
 * - `first-call`: the export was called for the first time on its instance, so that a fresh one would not help;
 * - `repeated-call`: the export had returned on the same instance before, and it is not certain why it traps now.
 */
export type TrapCause = 'guard' | 'first-call' | 'repeated-call';

/** A trap of a call, with what helps to explain it. `src/words/trap.ts` puts it into words. */
export interface TrapFacts {
  readonly cause: TrapCause;
  readonly trap: Trap;
  /** What users see as `#1`. */
  readonly instanceNumber: number;
  /** How often the export was called on the instance, this call included. */
  readonly times: number;
  /** The innermost place in the source, where it is known. */
  readonly source?: { readonly file: string; readonly line: number };
  /** What is known about repeated calls of the export, if that says that they trap. */
  readonly verdict?: Verdict;
  /** What speaks for the trap itself in the verdict's evidence, without the way from the export to it. */
  readonly evidence: readonly Evidence[];
}

const tellingEvidence: readonly Evidence['type'][] = ['guard', 'mark-stays', 'simulated-trap'];

/**
 * The facts about a trap; null for a call that did not trap.
 * @param instance the instance after the call
 * @param verdict on repeated calls of the export; null if nothing is known
 */
export function trapFacts(
  { number, timesCalled }: Pick<Instance, 'number' | 'timesCalled'>,
  call: Call,
  verdict: Verdict | null,
): TrapFacts | null {
  const outcome = call.ended?.outcome;
  if (outcome?.type !== 'trapped') return null;
  const times = timesCalled.get(exportLabel(call.export)) ?? 1;
  const known = verdict !== null && wouldTrap(verdict);
  const fitsGuard = known && isRunRef(call.export) && outcome.trap.kind === 'unreachable';
  const source = trapSource(call);
  return {
    cause: times === 1 ? 'first-call' : fitsGuard ? 'guard' : 'repeated-call',
    trap: outcome.trap,
    instanceNumber: number,
    times,
    ...defined({ source }),
    ...(known ? { verdict } : {}),
    evidence: known ? verdict.evidence.filter(({ type }) => tellingEvidence.includes(type)) : [],
  };
}
