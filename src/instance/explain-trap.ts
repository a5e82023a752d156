import { wouldTrap, type Verdict } from '../reuse/verdict';
import type { Call, Frame } from './call';

/** A trap in words for the user. */
export interface TrapExplanation {
  /** What happened and why, with the place in the source where it is known. */
  readonly what: string;
  /** What to do about it. */
  readonly next: string;
}

/** The engine's words for the trap that a once-only guard ends in. */
const guardTrap = 'unreachable';

/** Whether a trap fits a once-only guard: a repeated call, of a component whose verdict is that it traps, that ended in `unreachable`. */
export function trappedOnGuard(call: Call, verdict: Verdict): boolean {
  const outcome = call.ended?.outcome;
  return (
    outcome?.type === 'trapped' &&
    call.number > 1 &&
    wouldTrap(verdict) &&
    outcome.message.includes(guardTrap)
  );
}

/** Explains a trap. The once-only guard is named only where it fits. */
export function explainTrap(instanceNumber: number, call: Call, verdict: Verdict): TrapExplanation | null {
  const outcome = call.ended?.outcome;
  if (outcome?.type !== 'trapped') return null;
  const place = firstKnownPlace(outcome.frames);
  const where = place === undefined ? '' : ` at ${place}`;
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

function firstKnownPlace(frames: readonly Frame[]): string | undefined {
  const source = frames.find((frame) => frame.source !== undefined)?.source;
  return source === undefined ? undefined : `${source.file}:${String(source.line)}`;
}
