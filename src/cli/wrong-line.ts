import type { WaveError } from '../component/wave/error';
import { excerptAt } from '../words/excerpt';
import { waveErrorText } from '../words/wave-error';
import type { CallLine } from './call-lines';
import { complain } from './outcome';
import { status } from './status';
import { tell } from './stderr';

/** Says what is wrong with a whole line. Returns the exit status. */
export function refuseLine(where: CallLine['where'], message: string): number {
  complain(where === null ? message : `${where.file}:${String(where.line)}: ${message}`);
  return status.cannotStart;
}

/** Says what is wrong at a place in a call. Returns the exit status. */
export function wrongCall(text: string, { where }: CallLine, error: WaveError): number {
  const { line, column } = error;
  const message = waveErrorText(error);
  if (where !== null) {
    complain(`${where.file}:${String(where.line + line - 1)}:${String(column)}: ${message}`);
    return status.cannotStart;
  }
  complain(message);
  const excerpt = excerptAt(text, error);
  tell(`  ${excerpt.text}\n  ${excerpt.indent}^\n`);
  return status.cannotStart;
}
