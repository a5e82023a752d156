import { t } from './t';

/** A value that somebody wrote in JSON or on a command line, as a message quotes it. */
export function shownValue(value: unknown): string {
  if (value === undefined) return t('nothing');
  return typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}
