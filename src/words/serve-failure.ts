import type { StartEnd } from '../component/outcome';
import type { FailureFacts, ServeFailure } from '../serve/failure';
import { formatBytes } from '../base/size';
import { frameLines } from './cli-outcome';
import { importFaultText } from './import-fault';
import { trapText } from './outcome';
import { startFailureText } from './start-failure';
import { t } from './t';

/** What happened to a request that failed, as a sentence without a subject: "The handler trapped: …". */
export function failureText(failure: ServeFailure): string {
  switch (failure.type) {
    case 'trapped':
      return t('The handler trapped: {0}.', trapText(failure.trap));
    case 'memory':
      return t('The handler needed more memory than its limit of {0}.', formatBytes(failure.limitBytes));
    case 'exited':
      return t('The handler exited with status {0} instead of answering.', failure.code);
    case 'output-closed':
      return t('The handler printed something, and its output is not read any more.');
    case 'error-code':
      return failure.detail === ''
        ? t('The handler answered with the error {0}.', failure.code)
        : t('The handler answered with the error {0}: {1}', failure.code, failure.detail);
    case 'no-response':
      return t('The handler returned without an answer.');
    case 'unfinished':
      return t('The handler did not finish the body of its answer.');
    case 'wrong-length':
      return t(
        'The handler wrote {0} bytes, and its content-length says {1}.',
        failure.written,
        failure.declared,
      );
    case 'invalid-status':
      return t('The handler answered with {0}, which is no status of a final answer.', failure.status);
    case 'instance-ended':
      return t('Request {0} ended the instance while it answered this one.', failure.by);
    case 'timeout':
      return t('The handler made no progress for {0} s, the limit for a request.', failure.limitMs / 1000);
    case 'runner-died':
      return t('The process of the handler ended: {0}.', failure.detail);
    case 'import-ended':
      return t('The process of the handler ended: {0}.', importFaultText(failure.fault));
    case 'not-started':
      return t('The component cannot start: {0}.', startEndText(failure.end));
    case 'busy':
      return t('Too many requests wait already.');
  }
}

/** Why a component cannot start, as a clause. */
export function startEndText(end: StartEnd): string {
  switch (end.type) {
    case 'failed':
      return startFailureText(end.failure);
    case 'trapped':
      return t('its start function trapped: {0}', trapText(end.trap));
    case 'exited':
      return t('its start function exited with status {0}', end.code);
    case 'stopped':
      return t('it was stopped');
  }
}

/** What to do about a failure; undefined where there is nothing to be said. */
export function failureAdvice({ failure, instance, networkDenied }: FailureFacts): string | undefined {
  if (networkDenied) return t('It asked for the network, which it is not granted; --net grants it.');
  switch (failure.type) {
    case 'trapped':
      return instance !== undefined && instance.nth > 1
        ? t(
            'This instance had answered requests before. Try --max-instance-reuse-count 1: if that helps, state is left behind between requests.',
          )
        : t('It was the first request of its instance, so a fresh instance would trap, too.');
    case 'memory':
      return t('Set a higher --max-memory if it needs that much.');
    case 'timeout':
      return t('Set a longer --request-timeout if it needs that long.');
    case 'no-response':
    case 'unfinished':
      return t('Set a response, and finish its body before the handler returns.');
    case 'instance-ended':
      return t('With --max-instance-concurrent-reuse-count 1 requests do not share an instance at one time.');
    case 'busy':
      return t('Set a higher --max-concurrent-requests, or try again.');
    default:
      return undefined;
  }
}

/** Where it happened: the frames of a trap, innermost first. */
export function failureFrames(failure: ServeFailure): readonly string[] {
  return failure.type === 'trapped' || failure.type === 'memory' ? frameLines(failure.frames) : [];
}

/** Which request of which instance it was. */
export function failurePlace({ file, request, instance }: FailureFacts): string {
  const what = `${request.method} ${request.path}`;
  if (instance === undefined || instance.nth === 0)
    return t('{0}, request {1}: {2}', file, request.number, what);
  return t(
    '{0}, request {1}, number {2} of instance {3}: {4}',
    file,
    request.number,
    instance.nth,
    instance.number,
    what,
  );
}
