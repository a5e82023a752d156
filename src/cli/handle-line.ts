import type { CallSession } from '../calls/call-session';
import { dropWhat, handleLines, readWhat, type HandleCommand } from '../calls/handle-commands';
import { readingNote, readingText } from '../calls/reading-text';
import { readLimits } from '../engine/wire-reading';
import type { Instance } from '../instance/registry';
import type { CallLine } from './call-lines';
import { complain, statusOfCall } from './outcome';
import { status } from './status';
import { print } from './stdout';

/**
 * Carries out a line about handles that stands among calls, and resolves with its exit status. What it lists or reads goes to stdout; a drop says
 * nothing unless it goes wrong, a read only where it did not come to an end.
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
  if (command.type === 'read') return await takeRead(command.names, session, instance, where, signal);
  if (command.names.length === 0) return refuseLine(where, dropWhat);
  const dropped = await session.drop(command.names, signal);
  if (!dropped.ok) return refuseLine(where, dropped.error);
  return dropped.value.reduce((gravest, { call }) => Math.max(gravest, statusOfCall(instance, call)), 0);
}

async function takeRead(
  names: readonly string[],
  session: CallSession,
  instance: Instance,
  where: CallLine['where'],
  signal: AbortSignal,
): Promise<number> {
  const [name] = names;
  if (name === undefined || names.length > 1) return refuseLine(where, readWhat);
  const made = await session.read(name, { signal });
  if (!made.ok) return refuseLine(where, made.error);
  const { handle, call, reading } = made.value;
  if (reading !== null) {
    const width = process.stdout.isTTY ? process.stdout.columns : undefined;
    const text = readingText(handle, reading, session.handles, width);
    if (text !== null) await print(`${text}\n`, signal);
    const note = readingNote(handle, reading, readLimits.waitMs);
    if (note !== null && reading.end !== 'done') complain(note);
  }
  return statusOfCall(instance, call);
}

/** Says what is wrong with a whole line. Gives the exit status. */
export function refuseLine(where: CallLine['where'], message: string): number {
  complain(where === null ? message : `${where.file}:${String(where.line)}: ${message}`);
  return status.cannotStart;
}
