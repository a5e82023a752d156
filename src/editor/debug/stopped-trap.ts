import type { DebugSession } from 'vscode';
import * as vscode from 'vscode';
import type { Call } from '../../instance/call';
import { explainTrap, type TrapExplanation } from '../../calls/explain-trap';
import type { Instance } from '../../instance/registry';
import type { Verdict } from '../../reuse/verdict';
import { record } from './dap';
import { framesOfStack, trapMessageOf } from './trap-stop';

const framesShown = 20;

/** Explains the trap that the debugger has stopped at, in the words for one that has ended its call. Null if it is none, or gone already. */
export async function explainStop(stop: {
  readonly session: DebugSession;
  readonly threadId: number;
  readonly instance: Instance;
  readonly call: Call;
  readonly verdict: Verdict;
}): Promise<TrapExplanation | null> {
  const { session, threadId, instance, call, verdict } = stop;
  try {
    const exception: unknown = await session.customRequest('exceptionInfo', { threadId });
    const stack: unknown = await session.customRequest('stackTrace', {
      threadId,
      startFrame: 0,
      levels: framesShown,
    });
    const { exceptionId, description } = record(exception);
    const message = trapMessageOf(text(description)) ?? trapMessageOf(text(exceptionId));
    if (message === null) return null;
    const frames = framesOfStack(stack, shorten);
    const ended = { outcome: { type: 'trapped', message, frames }, durationMs: 0 } as const;
    return explainTrap(instance.number, { ...call, ended }, verdict);
  } catch {
    // The user went on, or stopped the session, while this looked.
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
