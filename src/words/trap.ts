import type { TrapFacts } from '../calls/explain-trap';
import { droppedResource, trapSource, type Call } from '../instance/call';
import { shortTrap, trapText } from './outcome';
import { t } from './t';
import { verdictReason } from './verdict';

/** A trap in words for the user. */
export interface TrapExplanation {
  /** What happened and why, with the place in the source where it is known. */
  readonly what: string;
  /** What to do about it. */
  readonly next: string;
}

/** Explains a trap of a run. The once-only guard is named only where it fits. */
export function explainTrap(facts: TrapFacts): TrapExplanation {
  const { cause, instanceNumber, times, verdict } = facts;
  const trap = trapText(facts.trap);
  const place = placeText(facts.source);
  if (cause === 'guard' && verdict !== undefined) {
    const reason = verdictReason(verdict);
    return {
      what:
        place === null
          ? t('Call {0} on instance #{1} trapped ({2}): {3}.', times, instanceNumber, trap, reason)
          : t(
              'Call {0} on instance #{1} trapped ({2}) at {3}: {4}.',
              times,
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
    next: cause === 'first-call' ? lookAtLine(facts) : afterRepeatedTrap(),
  };
}

/**
 * Explains a trap of any export.
 * @param call the call as text
 * @param on the component and instance, such as `tools.wasm #1`
 */
export function explainCallTrap(facts: TrapFacts, call: string, on: string): TrapExplanation {
  const trap = shortTrap(facts.trap);
  const place = placeText(facts.source);
  return {
    what:
      place === null
        ? t('{0} on {1} trapped: {2}.', call, on, trap)
        : t('{0} on {1} trapped: {2} at {3}.', call, on, trap, place),
    next: facts.cause === 'first-call' ? lookAtLine(facts) : afterRepeatedTrap(),
  };
}

/** What to do after a trap in a first call: a fresh instance may trap, too. */
export function lookAtLine({ source }: Pick<TrapFacts, 'source'>): string {
  const place = placeText(source);
  return place === null
    ? t(
        'The first call trapped, so a fresh instance may trap as well. Build with debug information (-g) to see the line.',
      )
    : t('The first call trapped, so a fresh instance may trap as well. Look at {0}.', place);
}

function afterRepeatedTrap(): string {
  return t('A trapped instance cannot be entered again. Use a fresh instance.');
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
  return placeText(trapSource(call));
}

function placeText(source: TrapFacts['source']): string | null {
  return source === undefined ? null : `${source.file}:${String(source.line)}`;
}
