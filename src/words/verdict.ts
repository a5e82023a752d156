import { assertNever } from '../base/assert-never';
import { trapText } from './outcome';
import type { ProbeFinding, StaticFinding } from '../reuse/findings';
import type { Verdict, VerdictNote } from '../reuse/verdict';
import { nameOf, offsetAndLine } from './code-location';
import { probeProblemText } from './probe-problem';
import { t } from './t';
import { undecidedText } from './undecided';

/**
 * Why a verdict says what it says, as a clause that can follow "Running hello.wasm again on instance #1 would trap: " or stand
 * alone: "its `_start` may run once per instance (guard at 0x2f1, main.c:3)".
 */
export function verdictReason({ finding, guard }: Verdict): string {
  if (guard !== undefined) return staticReason(guard);
  switch (finding.type) {
    case 'unread':
      return t('nothing is known about it yet');
    case 'probed':
      return probeReason(finding.probe);
    case 'seen-to-trap':
      return finding.trap === undefined
        ? t('call {0} on one instance trapped before', finding.call)
        : t('call {0} on one instance trapped before ({1})', finding.call, trapText(finding.trap));
    case 'seen-to-return':
      return t('call {0} on one instance returned before', finding.call);
    default:
      return staticReason(finding);
  }
}

function staticReason(finding: StaticFinding): string {
  switch (finding.type) {
    case 'no-run':
      return t('it does not export wasi:cli/run');
    case 'guard': {
      const [name, place] = [nameOf(finding.place), offsetAndLine(finding.place)];
      return finding.certainty === 'certain'
        ? t('its `{0}` may run once per instance (guard at {1})', name, place)
        : t('its `{0}` may well run once per instance (guard at {1})', name, place);
    }
    case 'first-call-traps':
      return t('its first call already traps (at {0})', offsetAndLine(finding.place));
    case 'simulated-trap':
      return t(
        'a simulated second call traps ({0} at {1})',
        trapText(finding.trap),
        offsetAndLine(finding.place),
      );
    case 'nothing-found':
      return t('no guard was found: {0}', undecidedText(finding.why));
    default:
      return assertNever(finding);
  }
}

function probeReason(finding: ProbeFinding): string {
  switch (finding.type) {
    case 'traps':
      return t('call {0} on one instance trapped in a probe ({1})', finding.call, trapText(finding.trap));
    case 'first-call-traps':
      return t('its first call already trapped in a probe ({0})', trapText(finding.trap));
    case 'reran':
      return t('a probe called it several times on one instance');
    case 'did-nothing':
      return t('a second call returns ok, but does nothing');
    case 'exited':
      return t('call {0} of a probe exited with {1}, which ends the instance', finding.call, finding.code);
    case 'failed':
      return t('every call of a probe returned an error, perhaps before it did anything');
    case 'inconclusive':
      return t('a probe was inconclusive: {0}', probeProblemText(finding.why));
    default:
      return assertNever(finding);
  }
}

/** A verdict in the fewest words, for a row or a lens: "runs once per instance · guard in _start". */
export function verdictHeadline({ finding, guard }: Verdict): string {
  if (guard !== undefined) return staticHeadline(guard);
  switch (finding.type) {
    case 'unread':
      return t('not analyzed yet');
    case 'probed':
      return probeHeadline(finding.probe);
    case 'seen-to-trap':
      return t('runs once per instance · seen to trap');
    case 'seen-to-return':
      return t('may run again · seen to rerun');
    default:
      return staticHeadline(finding);
  }
}

function staticHeadline(finding: StaticFinding): string {
  switch (finding.type) {
    case 'no-run':
      return t('has no run');
    case 'guard':
      return finding.certainty === 'certain'
        ? t('runs once per instance · guard in {0}', nameOf(finding.place))
        : t('probably runs once per instance · guard in {0}', nameOf(finding.place));
    case 'first-call-traps':
      return t('traps on its first call');
    case 'simulated-trap':
      return t('probably runs once per instance');
    case 'nothing-found':
      return t('a second run is untried');
    default:
      return assertNever(finding);
  }
}

function probeHeadline(finding: ProbeFinding): string {
  switch (finding.type) {
    case 'traps':
      return finding.call === 2
        ? t('runs once per instance · trapped in a probe')
        : t('trapped on call {0} of a probe', finding.call);
    case 'first-call-traps':
      return t('trapped on the first call of a probe');
    case 'reran':
      return finding.output === 'different' ? t('reran in a probe, state kept') : t('reran in a probe');
    case 'did-nothing':
      return t('a second run does nothing');
    case 'exited':
      return t('exits, which ends its instance');
    case 'failed':
      return t('failed in a probe');
    case 'inconclusive':
      return t('a probe was inconclusive');
    default:
      return assertNever(finding);
  }
}

/** The notes of a verdict, as clauses: "memory grows by 1 page (64 KiB) with every call". */
export function verdictNotes({ notes }: Verdict): readonly string[] {
  return notes.map(noteText);
}

function noteText(note: VerdictNote): string {
  switch (note.type) {
    case 'later-call-traps':
      return t('the second call returned; a later one traps');
    case 'probe-grants-nothing':
      return t('the probe grants nothing; a run with arguments, directories or input may succeed');
    case 'later-calls-fail':
      return t('the first call of the probe returned ok, later ones an error: use a fresh instance');
    case 'second-call-does-nothing':
      return t('a second call on one instance returns ok without doing anything: use a fresh instance');
    case 'returned-too':
      return t('repeated calls have returned as well');
    case 'memory-grows':
      return note.pagesPerCall === 1
        ? t('memory grows by 1 page (64 KiB) with every call')
        : t('memory grows by {0} pages (64 KiB each) with every call', note.pagesPerCall);
    default:
      return assertNever(note);
  }
}
