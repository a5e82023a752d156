import { trapText } from './outcome';
import type { ProbeFinding, ProbeReport } from '../reuse/findings';
import { concludeProbe } from '../reuse/probe-finding';
import { probeProblemText } from './probe-problem';
import { t } from './t';

/** What a probe of a component saw, in one or more sentences. */
export function probeWords(name: string, report: ProbeReport): string {
  const finding = concludeProbe(report);
  return [findingText(name, report, finding), ...extras(report, finding)].join(' ');
}

function findingText(name: string, { calls }: ProbeReport, finding: ProbeFinding): string {
  switch (finding.type) {
    case 'traps':
      return trapsText(name, finding);
    case 'first-call-traps':
      return t('{0} trapped on its first call in a probe ({1}).', name, trapText(finding.trap));
    case 'reran':
      return reranText(name, calls.length, finding.output);
    case 'did-nothing':
      return t(
        '{0} runs once per instance: in a probe the later calls returned ok without doing anything.',
        name,
      );
    case 'exited':
      return t(
        'A probe of {0} says nothing about a second call: call {1} exited with {2}, which ends the instance.',
        name,
        finding.call,
        finding.code,
      );
    case 'failed':
      return t('A probe of {0} says nothing about a second run: every call returned an error.', name);
    case 'inconclusive':
      return t('A probe of {0} was inconclusive: {1}.', name, probeProblemText(finding.why));
  }
}

function trapsText(
  name: string,
  { call, hostCalls, trap }: Extract<ProbeFinding, { type: 'traps' }>,
): string {
  const words = trapText(trap);
  if (hostCalls === 0)
    return t(
      '{0} runs once per instance: in a probe, call {1} trapped before it called the host ({2}).',
      name,
      call,
      words,
    );
  return t(
    '{0} runs once per instance: in a probe, call {1} trapped after it had done some work ({2}).',
    name,
    call,
    words,
  );
}

function reranText(name: string, times: number, output: 'same' | 'different' | 'varies'): string {
  switch (output) {
    case 'same':
      return t(
        '{0} may run again: in a probe it ran {1} times on one instance, with the same output.',
        name,
        times,
      );
    case 'different':
      return t(
        '{0} may run again: in a probe it ran {1} times on one instance, and its output changed: it keeps state.',
        name,
        times,
      );
    case 'varies':
      return t(
        '{0} may run again: in a probe it ran {1} times on one instance, with output that differs on fresh instances too.',
        name,
        times,
      );
  }
}

function extras({ granted }: ProbeReport, finding: ProbeFinding): readonly string[] {
  const grantsNothing = t(
    'The probe granted nothing; a run with arguments, directories or input may succeed.',
  );
  switch (finding.type) {
    case 'first-call-traps':
      // Without a host call before the trap, what was granted made no difference.
      return finding.hostCalls === 0 || granted === true ? [] : [grantsNothing];
    case 'failed':
      return granted === true ? [] : [grantsNothing];
    case 'reran':
      return [
        ...(finding.errors === 'later' ? [t('The first call returned ok, later ones an error.')] : []),
        ...(finding.pagesPerCall > 0
          ? [t('Memory grows by {0} KiB with every call.', finding.pagesPerCall * 64)]
          : []),
      ];
    default:
      return [];
  }
}
