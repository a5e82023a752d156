import type { StartEnd } from '../component/outcome';
import { describeStop, trapText } from './outcome';
import { startFailureText } from './start-failure';
import type { ProbeProblem } from '../reuse/findings';
import { t } from './t';

/** Why a probe told nothing, as a clause: "call 2 did not return within 3 s". */
export function probeProblemText(problem: ProbeProblem): string {
  switch (problem.type) {
    case 'no-call':
      return t('it made no call');
    case 'one-call':
      return t('it made only one call');
    case 'not-started':
      return notStartedText(problem.end);
    case 'stopped': {
      const { call, reason } = problem;
      return reason.type === 'timeout'
        ? t('call {0} did not return within {1} s', call, seconds(reason.limitMs))
        : t('call {0} was {1}', call, describeStop(reason));
    }
  }
}

function notStartedText(end: StartEnd): string {
  switch (end.type) {
    case 'failed':
      return t('it could not start: {0}', startFailureText(end.failure));
    case 'trapped':
      return t('it trapped while it was starting ({0})', trapText(end.trap));
    case 'exited':
      return t('it exited with {0} while it was starting', end.code);
    case 'stopped':
      return end.reason.type === 'timeout'
        ? t('it was not ready within {0} s', seconds(end.reason.limitMs))
        : t('it did not start: {0}', describeStop(end.reason));
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
