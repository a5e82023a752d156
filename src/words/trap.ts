import { trappedOnGuard } from '../calls/explain-trap';
import { droppedResource, trapSource, type Call } from '../instance/call';
import { trapText } from './outcome';
import type { Verdict } from '../reuse/verdict';
import { t } from './t';
import { verdictReason } from './verdict';

/** A trap in words for the user. */
export interface TrapExplanation {
  /** What happened and why, with the place in the source where it is known. */
  readonly what: string;
  /** What to do about it. */
  readonly next: string;
}

/** Explains a trap. The once-only guard is named only where it fits. Null for a call that did not trap. */
export function explainTrap(instanceNumber: number, call: Call, verdict: Verdict): TrapExplanation | null {
  const outcome = call.ended?.outcome;
  if (outcome?.type !== 'trapped') return null;
  const trap = trapText(outcome.trap);
  const place = trapPlaceText(call);
  if (trappedOnGuard(call, verdict)) {
    const reason = verdictReason(verdict);
    return {
      what:
        place === null
          ? t('Call {0} on instance #{1} trapped ({2}): {3}.', call.number, instanceNumber, trap, reason)
          : t(
              'Call {0} on instance #{1} trapped ({2}) at {3}: {4}.',
              call.number,
              instanceNumber,
              trap,
              place,
              reason,
            ),
      next: t('Its toolchain makes components that run once per instance. Run it in a fresh instance.'),
    };
  }
  return {
    what:
      place === null
        ? t('Instance #{0} trapped: {1}.', instanceNumber, trap)
        : t('Instance #{0} trapped at {1}: {2}.', instanceNumber, place, trap),
    next: t('A trapped instance cannot be entered again. Run in a fresh instance to try again.'),
  };
}

/** Explains a trap in a destructor, in a sentence. Null for a drop that ended otherwise, and for the call of a function. */
export function explainDropTrap(instanceNumber: number, call: Call): string | null {
  const { export: ref, arguments: name, ended } = call;
  const resource = droppedResource(ref);
  if (resource === null || ended?.outcome.type !== 'trapped') return null;
  const trap = trapText(ended.outcome.trap);
  const place = trapPlaceText(call);
  return place === null
    ? t('Instance #{0} trapped in the destructor of {1} ({2}): {3}.', instanceNumber, name, resource, trap)
    : t(
        'Instance #{0} trapped in the destructor of {1} ({2}) at {3}: {4}.',
        instanceNumber,
        name,
        resource,
        place,
        trap,
      );
}

/** Where a call trapped: `main.c:3`; null where that is not known. */
export function trapPlaceText(call: Call): string | null {
  const source = trapSource(call);
  return source === undefined ? null : `${source.file}:${String(source.line)}`;
}
