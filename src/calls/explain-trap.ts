import { wouldTrap, type Verdict } from '../reuse/verdict';
import { droppedResource, isRunRef, trapSource, type Call } from '../instance/call';

/** A trap in words for the user. */
export interface TrapExplanation {
  /** What happened and why, with the place in the source where it is known. */
  readonly what: string;
  /** What to do about it. */
  readonly next: string;
}

/** The engine's words for the trap that a once-only guard ends in. */
const guardTrap = 'unreachable';

/** Whether a trap fits a once-only guard: a run that was not the first call, of a component whose verdict is that it traps, that ended in `unreachable`. */
export function trappedOnGuard(call: Call, verdict: Verdict): boolean {
  const outcome = call.ended?.outcome;
  return (
    outcome?.type === 'trapped' &&
    isRunRef(call.export) &&
    call.number > 1 &&
    wouldTrap(verdict) &&
    outcome.message.includes(guardTrap)
  );
}

/** Explains a trap. The once-only guard is named only where it fits. */
export function explainTrap(instanceNumber: number, call: Call, verdict: Verdict): TrapExplanation | null {
  const outcome = call.ended?.outcome;
  if (outcome?.type !== 'trapped') return null;
  const where = placeWords(call);
  if (trappedOnGuard(call, verdict)) {
    return {
      what: `Call ${String(call.number)} on instance #${String(instanceNumber)} trapped (${outcome.message})${where}: ${verdict.reason}.`,
      next: 'Its toolchain makes components that run once per instance. Run it in a fresh instance.',
    };
  }
  return {
    what: `Instance #${String(instanceNumber)} trapped${where}: ${outcome.message}.`,
    next: 'A trapped instance cannot be entered again. Run in a fresh instance to try once more.',
  };
}

/** Explains a trap in a destructor, in a sentence. Null for a drop that ended otherwise, and for the call of a function. */
export function explainDropTrap(instanceNumber: number, call: Call): string | null {
  const { export: ref, arguments: name, ended } = call;
  const resource = droppedResource(ref);
  if (resource === null || ended?.outcome.type !== 'trapped') return null;
  const { message } = ended.outcome;
  return `Instance #${String(instanceNumber)} trapped in the destructor of ${name} (${resource})${placeWords(call)}: ${message}.`;
}

/** Where a call trapped, as it follows a verb: ` at main.c:3`; nothing where that is not known. */
export function placeWords(call: Call): string {
  const source = trapSource(call);
  return source === undefined ? '' : ` at ${source.file}:${String(source.line)}`;
}
