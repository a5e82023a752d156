import { assertNever } from '../base/assert-never';
import { formatBytes } from '../base/size';
import type { Outcome, StopReason } from '../component/outcome';
import type { Trap } from '../component/trap';
import { importFaultText } from './import-fault';
import { startFailureText } from './start-failure';
import { t } from './t';

/** How a call ended, in a few words: `returned ok`, `trapped: unreachable`, `exited with 3`. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.type) {
    case 'ok':
      return outcome.unread === true
        ? t('returned ok; its result cannot be told apart from its output')
        : t('returned ok');
    case 'error':
      return t('returned an error');
    case 'trapped':
      return t('trapped: {0}', shortTrap(outcome.trap));
    case 'exited':
      return t('exited with {0}', outcome.code);
    case 'stopped':
      return describeStop(outcome.reason);
  }
}

/** What made code trap, as a clause: "wasm `unreachable` instruction executed". */
export function trapText(trap: Trap): string {
  switch (trap.kind) {
    case 'unreachable':
      return t('wasm `unreachable` instruction executed');
    case 'memory-out-of-bounds':
      return t('out of bounds memory access');
    case 'table-out-of-bounds':
      return t('out of bounds table access');
    case 'array-out-of-bounds':
      return t('out of bounds array access');
    case 'divide-by-zero':
      return t('integer divide by zero');
    case 'integer-overflow':
      return t('integer overflow');
    case 'invalid-conversion':
      return t('invalid conversion to integer');
    case 'bad-indirect-call':
      return t('null function or function signature mismatch');
    case 'null-reference':
      return t('use of a null reference');
    case 'bad-cast':
      return t('cast failure');
    case 'unaligned-access':
      return t('unaligned atomic access');
    case 'stack-exhausted':
      return t('call stack exhausted');
    case 'uncaught-exception':
      return t('an exception was thrown and not caught');
    case 'cannot-enter':
      return t('the component instance cannot be entered again while a call is running in it');
    case 'never-returns':
      return t('it waits for something that never comes');
    case 'engine-failed':
      return t(
        'jco, the engine, failed: {0}; this is not the fault of the component, and can be reported at {1}',
        trap.words,
        reportsUrl,
      );
    case 'import-failed':
      return importFaultText(trap.fault);
    case 'other':
      return trap.words;
    default:
      return assertNever(trap);
  }
}

const reportsUrl = 'https://github.com/bytecodealliance/jco/issues';

/** The same in the fewest words, for a row: `unreachable`. */
export function shortTrap(trap: Trap): string {
  if (trap.kind === 'engine-failed') return t('jco failed: {0}', trap.words);
  return trap.kind === 'unreachable' ? 'unreachable' : trapText(trap);
}

/** Why a call was stopped, in a few words. */
export function describeStop(reason: StopReason): string {
  switch (reason.type) {
    case 'user':
      return t('stopped by the user');
    case 'timeout':
      return t('stopped after {0}, its time limit', formatSeconds(reason.limitMs));
    case 'memory':
      return t('stopped at its memory limit of {0}', formatBytes(reason.limitBytes));
    case 'runner-died':
      return t('its runner ended: {0}', reason.detail);
    case 'import-ended':
      return t('its runner ended: {0}', importFaultText(reason.fault));
    case 'not-started':
      return t('not started: {0}', startFailureText(reason.failure));
    case 'output-closed':
      return t('stopped, because its output is no longer read');
    case 'shutdown':
      return t('stopped with the window');
  }
}

function formatSeconds(ms: number): string {
  return ms < 100 ? t('{0} ms', ms) : t('{0} s', Math.round(ms / 100) / 10);
}
