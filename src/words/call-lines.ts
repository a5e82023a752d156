import type { ReuseReport } from '../calls/reuse-report';
import { t } from './t';

/** Says that a call and the calls after it were not made. Null for a call that cannot be read. */
export function notCalledText(call: string | null): string {
  return call === null
    ? t('The remaining calls were not made.')
    : t('{0} and the calls after it were not made.', call);
}

/** Says that a command of the console cannot be used among calls. */
export function consoleOnlyText(command: string): string {
  return t('{0} is not a command among calls. The commands are :handles, :drop and :read.', command);
}

/** Says that a line about handles cannot be compared. */
export function notComparedText(line: string): string {
  return t('{0} cannot be compared: a comparison is one call on instances of its own.', line);
}

/** The comparison of one instance with fresh ones, as a table with its summary. */
export function reuseTable(text: string, times: number, { rows, summary }: ReuseReport): string {
  const [one, many] = [t('one instance'), t('fresh instances')];
  const sameWidth = Math.max(one.length, ...rows.map(({ same }) => same.length));
  const line = (what: string, same: string, fresh: string) =>
    `${what.padEnd(11)}${same.padEnd(sameWidth + 3)}${fresh}\n`;
  const body = rows.map(({ what, same, fresh, differs }) => line(differs ? `${what} *` : what, same, fresh));
  return `${t('{0}, {1} times', text, times)}\n\n${line('', one, many)}${body.join('')}\n${summary}\n`;
}
