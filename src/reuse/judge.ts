import { assertNever } from '../base/assert-never';
import type { Evidence } from './evidence';
import type { Observation, ProbeFinding, ProbeReport, StaticFinding } from './findings';
import { concludeProbe } from './probe-finding';
import type { Repeat, Verdict, VerdictNote } from './verdict';

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
  if (known.static?.type === 'no-run')
    return { repeat: 'no-run', basis: 'static', finding: known.static, notes: [], evidence: [] };
  const fromStatic = known.static === undefined ? null : judgeStatic(known.static);
  const fromProbe = known.probe === undefined ? null : judgeProbe(known.probe);
  const fromObserved = judgeObserved(known.observed ?? []);
  const verdicts = [fromObserved, fromProbe, fromStatic].filter((verdict) => verdict !== null);
  const deciding = verdicts.find((verdict) => verdict.repeat !== 'unknown') ?? verdicts[0] ?? unread;
  return {
    ...withGuard(deciding, known.static),
    notes: verdicts.flatMap((verdict) => verdict.notes),
    evidence: [deciding, ...verdicts.filter((verdict) => verdict !== deciding)].flatMap((v) => v.evidence),
  };
}

/** Where a call was seen to trap and a guard is known, the guard explains the trap better than the engine's words. */
function withGuard(deciding: Verdict, found: StaticFinding | undefined): Verdict {
  if (deciding.repeat !== 'traps' || found === undefined) return deciding;
  const isSure =
    found.type === 'first-call-traps' || (found.type === 'guard' && found.certainty === 'certain');
  return isSure ? { ...deciding, guard: found } : deciding;
}

const unread: Verdict = {
  repeat: 'unknown',
  basis: 'none',
  finding: { type: 'unread' },
  notes: [],
  evidence: [],
};

function judgeStatic(finding: Exclude<StaticFinding, { type: 'no-run' }>): Verdict {
  const { evidence } = finding;
  return { repeat: staticRepeat(finding), basis: 'static', finding, notes: [], evidence };
}

function staticRepeat(finding: Exclude<StaticFinding, { type: 'no-run' }>): Repeat {
  switch (finding.type) {
    case 'guard':
      return finding.certainty === 'certain' ? 'traps' : 'likely-traps';
    case 'first-call-traps':
      return 'traps';
    case 'simulated-trap':
      return 'likely-traps';
    case 'nothing-found':
      return 'unknown';
    default:
      return assertNever(finding);
  }
}

function judgeProbe(report: ProbeReport): Verdict {
  const probe = concludeProbe(report);
  const granted = report.granted === true;
  return {
    repeat: probeRepeat(probe, granted),
    basis: 'probe',
    finding: { type: 'probed', probe },
    notes: probeNotes(probe, granted),
    evidence: probeEvidence(report, probe),
  };
}

function probeRepeat(finding: ProbeFinding, granted: boolean): Repeat {
  switch (finding.type) {
    case 'traps':
      // A trap before any host call cannot depend on what the host answers. With the user's own grants the answers are the real ones.
      return finding.call === 2 && (finding.hostCalls === 0 || granted) ? 'traps' : 'likely-traps';
    case 'first-call-traps':
      return finding.hostCalls === 0 ? 'traps' : 'unknown';
    case 'reran':
    case 'did-nothing':
      return 'reruns';
    case 'exited':
    case 'failed':
    case 'inconclusive':
      return 'unknown';
    default:
      return assertNever(finding);
  }
}

function probeNotes(finding: ProbeFinding, granted: boolean): readonly VerdictNote[] {
  switch (finding.type) {
    case 'traps':
      return finding.call === 2 ? [] : [{ type: 'later-call-traps' }];
    case 'first-call-traps':
      return finding.hostCalls === 0 || granted ? [] : [{ type: 'probe-grants-nothing' }];
    case 'failed':
      return granted ? [] : [{ type: 'probe-grants-nothing' }];
    case 'reran': {
      const { errors, pagesPerCall } = finding;
      return [
        ...(errors === 'later' ? [{ type: 'later-calls-fail' } as const] : []),
        ...(pagesPerCall > 0 ? [{ type: 'memory-grows', pagesPerCall } as const] : []),
      ];
    }
    case 'did-nothing':
      return [{ type: 'second-call-does-nothing' }];
    case 'exited':
    case 'inconclusive':
      return [];
    default:
      return assertNever(finding);
  }
}

function probeEvidence(report: ProbeReport, finding: ProbeFinding): readonly Evidence[] {
  const calls = report.calls.map(({ outcome, hostCalls }, index): Evidence => ({
    type: 'probe-call',
    call: index + 1,
    outcome: outcome.type,
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

/** The latest repeated call decides: a trap after a first call that did not trap, or a repeated call that returned. */
function judgeObserved(observed: readonly Observation[]): Verdict | null {
  const repeated = observed.filter((call) => call.call > 1 && call.outcome !== 'stopped');
  const trap = repeated.findLast((call) => call.outcome === 'trapped');
  const returned = repeated.findLast((call) => call.outcome === 'ok' || call.outcome === 'error');
  if (trap !== undefined) {
    return {
      repeat: trap.call === 2 && returned === undefined ? 'traps' : 'likely-traps',
      basis: 'observed',
      finding: {
        type: 'seen-to-trap',
        call: trap.call,
        ...(trap.trap === undefined ? {} : { trap: trap.trap }),
      },
      notes: returned === undefined ? [] : [{ type: 'returned-too' }],
      evidence: [observedEvidence(trap), ...(returned === undefined ? [] : [observedEvidence(returned)])],
    };
  }
  if (returned === undefined) return null;
  return {
    repeat: 'reruns',
    basis: 'observed',
    finding: { type: 'seen-to-return', call: returned.call },
    notes: [],
    evidence: [observedEvidence(returned)],
  };
}

function observedEvidence(observation: Observation): Evidence {
  return {
    type: 'observed-call',
    export: observation.export,
    call: observation.call,
    outcome: observation.outcome,
    at: observation.at,
  };
}
