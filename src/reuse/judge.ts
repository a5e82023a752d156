import { assertNever } from '../base/assert-never';
import { offsetAndLine, type Evidence } from './evidence';
import type { Observation, ProbeFinding, ProbeReport, StaticFinding } from './findings';
import { concludeProbe } from './probe-finding';
import type { Verdict } from './verdict';

/** All that is known about a component's entry; what is not known is left out. */
export interface Known {
  readonly static?: StaticFinding;
  readonly probe?: ProbeReport;
  /** Calls of the user's own instances of this very content, oldest first. */
  readonly observed?: readonly Observation[];
}

/**
 * Weighs what is known: what was observed counts more than a probe, a probe more than reading the binary.
 * What the weaker sources say is kept as evidence. Static findings alone never make `reruns`.
 */
export function judge(known: Known): Verdict {
  if (known.static?.type === 'no-run') return NO_RUN;
  const fromStatic = known.static === undefined ? null : judgeStatic(known.static);
  const fromProbe = known.probe === undefined ? null : judgeProbe(known.probe);
  const fromObserved = judgeObserved(known.observed ?? []);
  const verdicts = [fromObserved, fromProbe, fromStatic].filter((verdict) => verdict !== null);
  const deciding = verdicts.find((verdict) => verdict.repeat !== 'unknown') ?? verdicts[0] ?? UNREAD;
  return {
    ...named(deciding, fromStatic),
    notes: [...new Set(verdicts.flatMap((verdict) => verdict.notes))],
    evidence: [deciding, ...verdicts.filter((verdict) => verdict !== deciding)].flatMap((v) => v.evidence),
  };
}

/** Where a call was seen to trap and a guard is known, the guard explains the trap better than the engine's words. */
function named(deciding: Verdict, fromStatic: Verdict | null): Verdict {
  if (fromStatic?.repeat !== 'traps' || deciding.repeat !== 'traps') return deciding;
  return { ...deciding, headline: fromStatic.headline, reason: fromStatic.reason };
}

const NO_RUN: Verdict = {
  repeat: 'no-run',
  basis: 'static',
  reason: 'it does not export wasi:cli/run',
  headline: 'has no run',
  notes: [],
  evidence: [],
};

const UNREAD: Verdict = {
  repeat: 'unknown',
  basis: 'none',
  reason: 'nothing is known about it yet',
  headline: 'not looked at yet',
  notes: [],
  evidence: [],
};

function judgeStatic(finding: StaticFinding): Verdict | null {
  switch (finding.type) {
    case 'no-run':
      return null;
    case 'guard': {
      const name = finding.place.func ?? `function ${String(finding.place.funcIndex)}`;
      const certain = finding.certainty === 'certain';
      return {
        repeat: certain ? 'traps' : 'likely-traps',
        basis: 'static',
        reason: `its \`${name}\` may ${certain ? '' : 'well '}run once per instance (guard at ${offsetAndLine(finding.place)})`,
        headline: `${certain ? 'runs' : 'probably runs'} once per instance · guard in ${name}`,
        notes: [],
        evidence: finding.evidence,
      };
    }
    case 'first-call-traps':
      return {
        repeat: 'traps',
        basis: 'static',
        reason: `it traps on its first call already (at ${offsetAndLine(finding.place)})`,
        headline: 'traps on its first call',
        notes: [],
        evidence: finding.evidence,
      };
    case 'simulated-trap':
      return {
        repeat: 'likely-traps',
        basis: 'static',
        reason: `a second call traps when it is simulated (${finding.message} at ${offsetAndLine(finding.place)})`,
        headline: 'probably runs once per instance',
        notes: [],
        evidence: finding.evidence,
      };
    case 'nothing-found':
      return {
        repeat: 'unknown',
        basis: 'static',
        reason: finding.reason,
        headline: 'a second run is untried',
        notes: [],
        evidence: finding.evidence,
      };
    default:
      return assertNever(finding);
  }
}

function judgeProbe(report: ProbeReport): Verdict {
  const finding = concludeProbe(report);
  const granted = report.granted === true;
  return { basis: 'probe', evidence: probeEvidence(report, finding), ...wordsForProbe(finding, granted) };
}

function wordsForProbe(
  finding: ProbeFinding,
  granted: boolean,
): Pick<Verdict, 'repeat' | 'reason' | 'headline' | 'notes'> {
  switch (finding.type) {
    case 'traps': {
      const second = finding.call === 2;
      return {
        // A trap before any host call cannot depend on what the host answers. With the user's own grants the answers are the real ones.
        repeat: second && (finding.hostCalls === 0 || granted) ? 'traps' : 'likely-traps',
        reason: `call ${String(finding.call)} on one instance trapped in a probe (${finding.message})`,
        headline: second
          ? 'runs once per instance · trapped in a probe'
          : `trapped on call ${String(finding.call)} of a probe`,
        notes: second ? [] : ['the second call returned; it is a later one that traps'],
      };
    }
    case 'first-call-traps':
      return {
        repeat: finding.hostCalls === 0 ? 'traps' : 'unknown',
        reason: `its first call trapped in a probe already (${finding.message})`,
        headline: 'trapped on the first call of a probe',
        notes:
          finding.hostCalls === 0 || granted
            ? []
            : ['the probe grants nothing; a run with arguments, directories or input may succeed'],
      };
    case 'reran':
      return {
        repeat: 'reruns',
        reason: 'it was called again and again in a probe',
        headline: finding.output === 'different' ? 'reran in a probe, state kept' : 'reran in a probe',
        notes: [
          ...errorNotes[finding.errors],
          ...(finding.pagesPerCall > 0 ? [growthNote(finding.pagesPerCall)] : []),
        ],
      };
    case 'did-nothing':
      return {
        repeat: 'reruns',
        reason: 'a second call returns ok, but does nothing',
        headline: 'a second run does nothing',
        notes: ['a second call on one instance returns ok without doing anything: use a fresh instance'],
      };
    case 'exited':
      return {
        repeat: 'unknown',
        reason: `call ${String(finding.call)} of a probe exited with ${String(finding.code)}, which ends the instance`,
        headline: 'exits, which ends its instance',
        notes: [],
      };
    case 'failed':
      return {
        repeat: 'unknown',
        reason: 'every call of a probe returned an error, perhaps before it did anything',
        headline: 'failed in a probe',
        notes: granted
          ? []
          : ['the probe grants nothing; a run with arguments, directories or input may succeed'],
      };
    case 'inconclusive':
      return {
        repeat: 'unknown',
        reason: `a probe told nothing: ${finding.reason}`,
        headline: 'a probe told nothing',
        notes: [],
      };
    default:
      return assertNever(finding);
  }
}

const errorNotes: Readonly<Record<Extract<ProbeFinding, { type: 'reran' }>['errors'], readonly string[]>> = {
  none: [],
  later: ['the first call of the probe returned ok, later ones an error: use a fresh instance'],
};

function growthNote(pages: number): string {
  return `memory grows by ${String(pages)} page${pages === 1 ? '' : 's'} (64 KiB each) with every call`;
}

function probeEvidence(report: ProbeReport, finding: ProbeFinding): readonly Evidence[] {
  const calls = report.calls.map(({ outcome, hostCalls }, index): Evidence => ({
    type: 'probe-call',
    call: index + 1,
    outcome: PROBE_OUTCOMES[outcome.type],
    hostCalls,
  }));
  if (finding.type === 'did-nothing')
    return [...calls, { type: 'probe-output', relation: 'nothing-the-second-time' }];
  if (finding.type !== 'reran') return calls;
  return [
    ...calls,
    { type: 'probe-output', relation: finding.output },
    ...(finding.pagesPerCall > 0
      ? [{ type: 'memory-growth', pagesPerCall: finding.pagesPerCall } as const]
      : []),
  ];
}

const PROBE_OUTCOMES = {
  ok: 'returned ok',
  error: 'returned an error',
  trapped: 'trapped',
  exited: 'exited',
  stopped: 'was stopped',
};

/** The latest repeated call decides: a trap after a first call that did not trap, or a repeated call that returned. */
function judgeObserved(observed: readonly Observation[]): Verdict | null {
  const repeated = observed.filter((call) => call.call > 1 && call.outcome !== 'stopped');
  const trap = repeated.findLast((call) => call.outcome === 'trapped');
  const returned = repeated.findLast((call) => call.outcome === 'ok' || call.outcome === 'error');
  if (trap !== undefined) {
    return {
      repeat: trap.call === 2 && returned === undefined ? 'traps' : 'likely-traps',
      basis: 'observed',
      reason: `call ${String(trap.call)} on one instance trapped before (${trap.message ?? 'no message'})`,
      headline: 'runs once per instance · seen to trap',
      notes: returned === undefined ? [] : ['repeated calls have returned as well'],
      evidence: [observedEvidence(trap), ...(returned === undefined ? [] : [observedEvidence(returned)])],
    };
  }
  if (returned === undefined) return null;
  return {
    repeat: 'reruns',
    basis: 'observed',
    reason: `call ${String(returned.call)} on one instance returned before`,
    headline: 'may run again · seen to rerun',
    notes: [],
    evidence: [observedEvidence(returned)],
  };
}

function observedEvidence(observation: Observation): Evidence {
  return {
    type: 'observed-call',
    export: observation.export,
    call: observation.call,
    outcome: PROBE_OUTCOMES[observation.outcome],
    at: observation.at,
  };
}
