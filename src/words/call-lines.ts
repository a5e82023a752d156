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

/** Says that a call returned, but what it returned is not known. */
export function resultUnreadText(): string {
  return t(
    'The call returned, but its result cannot be told apart from what the component printed to stdout.',
  );
}

/** Says that a line about handles cannot be compared. */
export function notComparedText(line: string): string {
  return t('{0} cannot be compared: a comparison is one call on instances of its own.', line);
}
