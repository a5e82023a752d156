import type { CallSession } from '../calls/call-session';
import { runHandleCommand, type HandleCommand } from '../calls/handle-commands';
import type { Instance } from '../instance/registry';
import { handleRefusalText, handleResultLines, readNoteText } from '../words/handles';
import type { CallLine } from './call-lines';
import { complain, statusOfCall } from './outcome';
import { print } from './stdout';
import { refuseLine } from './wrong-line';

/**
 * Carries out a line about handles and resolves with the exit status. What it lists or reads goes to stdout.
 * A drop prints nothing unless it fails, and a read prints a note only if more can follow.
 * @param where the place of the line, for messages; null for an argument
 */
export async function takeHandleLine(
  command: HandleCommand,
  session: CallSession,
  instance: Instance,
  where: CallLine['where'],
  signal: AbortSignal,
): Promise<number> {
  const { isTTY, columns } = process.stdout;
  const result = await runHandleCommand(command, session, instance, {
    signal,
    ...(isTTY ? { width: columns } : {}),
  });
  switch (result.type) {
    case 'list':
      if (result.handles.length > 0)
        for (const { text } of handleResultLines(result)) await print(`${text}\n`, signal);
      return 0;
    case 'drop':
      return result.drops.reduce((gravest, { call }) => Math.max(gravest, statusOfCall(instance, call)), 0);
    case 'read': {
      const { read, text } = result;
      if (text !== null) await print(`${text}\n`, signal);
      const note = read.reading?.end === 'done' ? null : readNoteText(read);
      if (note !== null) complain(note);
      return statusOfCall(instance, read.call);
    }
    case 'refused':
      return refuseLine(where, handleRefusalText(result));
  }
}
