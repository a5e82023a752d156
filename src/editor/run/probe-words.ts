import type { ProbeReport } from '../../reuse/findings';
import { concludeProbe } from '../../reuse/probe-finding';

/** What a probe of a component saw, in one or two sentences. */
export function probeWords(name: string, report: ProbeReport): string {
  const finding = concludeProbe(report);
  switch (finding.type) {
    case 'traps': {
      const which = finding.call === 2 ? 'second' : 'third';
      const after =
        finding.hostCalls === 0 ? ' before it asked the host for anything' : ', after it had done some work';
      return `${name} runs once per instance: in a probe the ${which} call trapped${after} (${finding.message}).`;
    }
    case 'first-call-traps':
      return [
        `${name} trapped on its first call in a probe already (${finding.message}).`,
        // Without a host call before it, what was granted made no difference.
        ...(finding.hostCalls === 0 || report.granted === true ? [] : [grantsNothing]),
      ].join(' ');
    case 'reran': {
      const output = outputWords[finding.output];
      return [
        `${name} may run again: in a probe it ran ${String(report.calls.length)} times on one instance, ${output}.`,
        ...errorWords[finding.errors],
        ...(finding.pagesPerCall > 0
          ? [`Memory grows by ${String(finding.pagesPerCall * 64)} KiB with every call.`]
          : []),
      ].join(' ');
    }
    case 'did-nothing':
      return `${name} runs once per instance: in a probe the later calls returned ok without doing anything.`;
    case 'exited':
      return `A probe of ${name} tells nothing about a second call: call ${String(finding.call)} exited with ${String(finding.code)}, which ends the instance.`;
    case 'failed':
      return [
        `A probe of ${name} tells nothing about a second run: every call returned an error.`,
        ...(report.granted === true ? [] : [grantsNothing]),
      ].join(' ');
    case 'inconclusive':
      return `A probe of ${name} told nothing: ${finding.reason}.`;
  }
}

const grantsNothing = 'The probe granted nothing; a run with arguments, directories or input may succeed.';

const outputWords: Readonly<Record<'same' | 'different' | 'varies', string>> = {
  same: 'with the same output',
  different: 'and its output changed: it keeps state',
  varies: 'with output that differs on fresh instances too',
};

const errorWords: Readonly<Record<'none' | 'later', readonly string[]>> = {
  none: [],
  later: ['The first call returned ok, but later ones an error.'],
};
