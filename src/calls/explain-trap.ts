import { isRunRef, type Call } from '../instance/call';
import { wouldTrap, type Verdict } from '../reuse/verdict';

/** Whether a trap fits a once-only guard: a repeated run that ended in `unreachable`, of a component whose verdict is that it traps. */
export function trappedOnGuard(call: Call, verdict: Verdict): boolean {
  const outcome = call.ended?.outcome;
  return (
    outcome?.type === 'trapped' &&
    isRunRef(call.export) &&
    call.number > 1 &&
    wouldTrap(verdict) &&
    outcome.trap.kind === 'unreachable'
  );
}
