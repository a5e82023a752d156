import type { CallSession } from '../engine/call-session';
import { dropWhat, handleLines, type HandleCommand } from '../engine/handle-commands';
import type { Instance } from '../instance/registry';
import type { CallLine } from './call-lines';
import { complain, statusOfCall } from './outcome';
import { status } from './status';
import { print } from './stdout';

/**
 * Carries out a line about handles that stands among calls, and resolves with its exit status. What it lists goes to stdout; a drop says
 * nothing unless it goes wrong.
 * @param where the line's place, for messages; null for an argument
 */
export async function takeHandleLine(
  command: HandleCommand,
  session: CallSession,
  instance: Instance,
  where: CallLine['where'],
  signal: AbortSignal,
): Promise<number> {
  if (command.type === 'list') {
    for (const line of handleLines(session.handles.live())) await print(`${line}\n`, signal);
    return 0;
  }
  if (command.names.length === 0) return refuseLine(where, dropWhat);
  const dropped = await session.drop(command.names, signal);
  if (!dropped.ok) return refuseLine(where, dropped.error);
  return dropped.value.reduce((gravest, { call }) => Math.max(gravest, statusOfCall(instance, call)), 0);
}

/** Says what is wrong with a whole line. Gives the exit status. */
export function refuseLine(where: CallLine['where'], message: string): number {
  complain(where === null ? message : `${where.file}:${String(where.line)}: ${message}`);
  return status.cannotStart;
}
