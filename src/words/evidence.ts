import { assertNever } from '../base/assert-never';
import type { ModuleForm } from '../component/module-facts';
import type { Outcome } from '../component/outcome';
import { trapText } from './outcome';
import type { Evidence } from '../reuse/evidence';
import { describePlace } from './code-location';
import { t } from './t';
import { lookedUntilText } from './undecided';

/** A piece of evidence, as a sentence without a full stop. */
export function describeEvidence(evidence: Evidence): string {
  switch (evidence.type) {
    case 'adapted':
      return adaptedEvidence(evidence.form);
    case 'path': {
      const calls = evidence.calls.map(describePlace).join(t(', which calls '));
      return evidence.async
        ? t('{0} is lifted (async) from {1}', evidence.export, calls)
        : t('{0} is lifted from {1}', evidence.export, calls);
    }
    case 'guard':
      return guardText(evidence);
    case 'mark-stays':
      return evidence.how === 'first-call-simulated'
        ? t('the mark is still there at the end of a simulated first call')
        : t('nothing else in the code addresses the mark, so nothing takes it away');
    case 'lock-released':
      return lockText(evidence);
    case 'first-call-traps':
      return t(
        'the first call already traps ({0}) in {1}',
        trapText(evidence.trap),
        describePlace(evidence.place),
      );
    case 'simulated-trap':
      return t(
        'with simulated host answers, call {0} traps ({1}) in {2}',
        evidence.call,
        trapText(evidence.trap),
        describePlace(evidence.place),
      );
    case 'simulated-return':
      return t('with simulated host answers, call {0} returns; real answers may differ', evidence.call);
    case 'looked-until':
      return evidence.place === null
        ? t('no guard found up to the end: {0}', lookedUntilText(evidence.until))
        : t('no guard found up to {0}: {1}', describePlace(evidence.place), lookedUntilText(evidence.until));
    case 'probe-call':
      return probeCallText(evidence);
    case 'probe-output':
      return outputText(evidence.relation);
    case 'memory-growth':
      return evidence.pagesPerCall === 1
        ? t('memory grows by 1 page (64 KiB) per call')
        : t(
            'memory grows by {0} pages (64 KiB each) per call',
            evidence.pagesPerCall.toLocaleString('en-US'),
          );
    case 'observed-call':
      return t(
        'call {0} of {1} on an instance of yours {2} at {3}',
        evidence.call,
        evidence.export,
        shortOutcome(evidence.outcome),
        new Date(evidence.at).toISOString(),
      );
    default:
      return assertNever(evidence);
  }
}

function adaptedEvidence(form: ModuleForm): string {
  return form === 'command'
    ? t('it is a wasip1 module, adapted: its _start is called by the adapter that makes a component of it')
    : t('it is a core module, adapted: places are places in the module');
}

function lockText({ place, certain }: Extract<Evidence, { type: 'lock-released' }>): string {
  return certain
    ? t('the mark is taken away again in {0}: a lock, not a once-only guard', describePlace(place))
    : t('the mark may be taken away again in {0}: a lock, not a once-only guard', describePlace(place));
}

function probeCallText({ call, outcome, hostCalls }: Extract<Evidence, { type: 'probe-call' }>): string {
  const ended = shortOutcome(outcome);
  return hostCalls === 1
    ? t('in a probe, call {0} {1} after 1 host call', call, ended)
    : t('in a probe, call {0} {1} after {2} host calls', call, ended, hostCalls.toLocaleString('en-US'));
}

/** How a call ended, in the fewest words: "returned ok". */
function shortOutcome(outcome: Outcome['type']): string {
  switch (outcome) {
    case 'ok':
      return t('returned ok');
    case 'error':
      return t('returned an error');
    case 'trapped':
      return t('trapped');
    case 'exited':
      return t('exited');
    case 'stopped':
      return t('was stopped');
    default:
      return assertNever(outcome);
  }
}

function guardText({ place, cell, set }: Extract<Evidence, { type: 'guard' }>): string {
  const trap = describePlace(place);
  if (cell === null) return t('a second entry reaches the trap in {0}', trap);
  const where =
    cell.type === 'memory'
      ? t('memory at {0}', `0x${cell.address.toString(16)}`)
      : t('global {0}', cell.name ?? cell.index);
  return set === null
    ? t('a second entry reaches the trap in {0}, because the first entry left a mark in {1}', trap, where)
    : t(
        'a second entry reaches the trap in {0}, because the first entry left a mark in {1} (set at {2})',
        trap,
        where,
        `0x${set.offset.toString(16)}`,
      );
}

function outputText(relation: Extract<Evidence, { type: 'probe-output' }>['relation']): string {
  switch (relation) {
    case 'same':
      return t('the later calls of a probe printed what the first one did');
    case 'different':
      return t(
        'the later calls of a probe printed something different from the first one, so state was kept',
      );
    case 'varies':
      return t('its output differs between fresh instances too, so it says nothing about state');
    case 'nothing-the-second-time':
      return t('the later calls of a probe did not call the host at all, unlike the first one');
  }
}
