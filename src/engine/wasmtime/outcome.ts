import { trapOf } from '../../component/trap';
import type { Outcome, StopReason } from '../../component/outcome';
import type { ValueType } from '../../component/types';
import type { Profile } from '../../instance/profile';
import { trapKindOf } from '../wire-traps';
import { locate } from './backtrace';
import { outcomeOfLine } from './invoke';
import { readWords, startWords } from './own-words';
import type { ProcessEnd } from './process';

/** What a call was, whose end is to be told. */
export interface EndedCall {
  readonly end: ProcessEnd;
  readonly path: string;
  readonly profile: Profile;
  /** The type of what it returns, and null for nothing; undefined for a run, which the exit status tells about. */
  readonly result: ValueType | null | undefined;
  /** Whether the component imports wasi:cli/exit. */
  readonly mayExit: boolean;
}

/** How a call ended, by how its process ended. The process was not stopped by us. */
export async function outcomeOf(call: EndedCall): Promise<Outcome> {
  const { end, result, mayExit } = call;
  const { code, signal, words, lastLine, notSpawned } = end;
  if (notSpawned !== undefined) return notStarted(notSpawned);
  // Ctrl+C in a terminal reaches the process before us.
  if (signal === 'SIGINT') return stopped({ type: 'user' });
  if (signal !== null) return stopped({ type: 'runner-died', detail: `killed by ${signal}` });
  if (words !== '') return await outcomeOfWords(call);
  if (code === 0) return result === undefined ? { type: 'ok' } : outcomeOfLine(lastLine, result);
  // The status 1 is that of a run that returned an error as well as that of exit(1): most toolchains call exit.
  const isError = code === 1 && !mayExit && result === undefined;
  return isError ? { type: 'error' } : { type: 'exited', code: code ?? 1 };
}

async function outcomeOfWords({ end: { words }, path, profile }: EndedCall): Promise<Outcome> {
  const { cause, inGuest, frames } = readWords(words);
  const { timeoutMs, maxMemoryBytes } = profile;
  if (cause === 'interrupt' && timeoutMs !== undefined)
    return stopped({ type: 'timeout', limitMs: timeoutMs });
  if (cause.startsWith('forcing trap when growing memory') && maxMemoryBytes !== undefined)
    return stopped({ type: 'memory', limitBytes: maxMemoryBytes });
  if (!inGuest) return notStarted(startWords(words));
  return { type: 'trapped', trap: trapOf(trapKindOf(cause), cause), frames: await locate(path, frames) };
}

function notStarted(words: string): Outcome {
  return stopped({ type: 'not-started', failure: { code: 'other', words } });
}

function stopped(reason: StopReason): Outcome {
  return { type: 'stopped', reason };
}
