import type { StartEnd } from '../component/outcome';
import type { ProbeCall, ProbeFinding, ProbeProblem, ProbeReport } from './findings';

/** Says what a probe's calls mean. A probe that could not finish its second call is inconclusive. */
export function concludeProbe({ calls, freshDigest, notStarted }: ProbeReport): ProbeFinding {
  const [first, ...later] = calls;
  if (first === undefined) return { type: 'inconclusive', why: notStartedBecause(notStarted) };
  switch (first.outcome.type) {
    case 'trapped':
      return { type: 'first-call-traps', trap: first.outcome.trap, hostCalls: first.hostCalls };
    case 'exited':
      return { type: 'exited', call: 1, code: first.outcome.code };
    case 'stopped':
      return { type: 'inconclusive', why: { type: 'stopped', call: 1, reason: first.outcome.reason } };
    case 'ok':
    case 'error':
      return concludeLater(first, later, freshDigest);
  }
}

function notStartedBecause(end: StartEnd | undefined): ProbeProblem {
  return end === undefined ? { type: 'no-call' } : { type: 'not-started', end };
}

function concludeLater(
  first: ProbeCall,
  later: readonly ProbeCall[],
  freshDigest: string | undefined,
): ProbeFinding {
  if (later.length === 0) return { type: 'inconclusive', why: { type: 'one-call' } };
  for (const [index, { outcome, hostCalls }] of later.entries()) {
    const call = index + 2;
    if (outcome.type === 'trapped') return { type: 'traps', call, trap: outcome.trap, hostCalls };
    if (outcome.type === 'exited') return { type: 'exited', call, code: outcome.code };
    if (outcome.type === 'stopped')
      return { type: 'inconclusive', why: { type: 'stopped', call, reason: outcome.reason } };
  }
  if ([first, ...later].every(({ outcome }) => outcome.type === 'error')) return { type: 'failed' };
  if (first.hostCalls > 0 && later.every((call) => call.hostCalls === 0 && call.outcome.type === 'ok')) {
    return { type: 'did-nothing' };
  }
  return {
    type: 'reran',
    output: compareOutput(first, later, freshDigest),
    errors: whichErrors(first, later),
    pagesPerCall: pagesPerCall(first, later),
  };
}

function whichErrors(
  first: ProbeCall,
  later: readonly ProbeCall[],
): Extract<ProbeFinding, { type: 'reran' }>['errors'] {
  if (first.outcome.type === 'error') return 'none';
  return later.some(({ outcome }) => outcome.type === 'error') ? 'later' : 'none';
}

function compareOutput(
  { outputDigest }: ProbeCall,
  later: readonly ProbeCall[],
  freshDigest: string | undefined,
): Extract<ProbeFinding, { type: 'reran' }>['output'] {
  if (later.every((call) => call.outputDigest === outputDigest)) return 'same';
  return freshDigest === undefined || freshDigest === outputDigest ? 'different' : 'varies';
}

/** The first call may grow memory once for good (a heap, a buffer); growth in each later one is a leak. */
function pagesPerCall(first: ProbeCall, later: readonly ProbeCall[]): number {
  const sizes = [first, ...later].map((call) => call.memoryPages);
  let least = Infinity;
  for (let index = 1; index < sizes.length; index++) {
    const [before, after] = [sizes[index - 1], sizes[index]];
    if (before === undefined || after === undefined) return 0;
    least = Math.min(least, after - before);
  }
  return Number.isFinite(least) ? Math.max(0, least) : 0;
}
