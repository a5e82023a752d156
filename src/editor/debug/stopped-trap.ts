import type { DebugSession } from 'vscode';
import * as vscode from 'vscode';
import type { Outcome } from '../../component/outcome';
import type { Call } from '../../instance/call';
import { trapFacts } from '../../calls/explain-trap';
import { explainTrap, type TrapExplanation } from '../../words/trap';
import type { Instance } from '../../instance/registry';
import type { Verdict } from '../../reuse/verdict';
import { record } from './dap';
import { framesOfStack, trapOfException } from './trap-stop';

const framesShown = 20;

/** A trap that the debugger holds the guest at. */
export interface StoppedTrap {
  readonly trap: Extract<Outcome, { type: 'trapped' }>;
  readonly explanation: TrapExplanation | null;
}

/** Reads and explains the trap that the debugger has stopped at. Null if it stopped for something else, or the session is over. */
export async function readStoppedTrap(stop: {
  readonly session: DebugSession;
  readonly threadId: number;
  readonly instance: Instance;
  readonly call: Call;
  readonly verdict: Verdict;
}): Promise<StoppedTrap | null> {
  const { session, threadId, instance, call, verdict } = stop;
  try {
    const exception: unknown = await session.customRequest('exceptionInfo', { threadId });
    const stack: unknown = await session.customRequest('stackTrace', {
      threadId,
      startFrame: 0,
      levels: framesShown,
    });
    const { exceptionId, description } = record(exception);
    const cause = trapOfException(text(description)) ?? trapOfException(text(exceptionId));
    if (cause === null) return null;
    const frames = framesOfStack(stack, shorten);
    const trap = { type: 'trapped', trap: cause, frames } as const;
    const ended = { outcome: trap, durationMs: 0 };
    const facts = trapFacts(instance, { ...call, ended }, verdict);
    return { trap, explanation: facts && explainTrap(facts) };
  } catch {
    // The user continued or stopped the session meanwhile.
    return null;
  }
}

/** A file as users call it. In a remote window the protocol has URIs instead of paths. */
function shorten(path: string): string {
  return vscode.workspace.asRelativePath(/^[\w-]{2,}:\/\//.test(path) ? vscode.Uri.parse(path).path : path);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
