import type { Basis, Repeat } from '../reuse/verdict';
import { t } from './t';

/** What `check` says of a component in its first line: "hello.wasm: a second run traps (from the binary): its …". */
export function checkedComponentText(file: string, repeat: Repeat, basis: Basis, reason: string): string {
  const words = repeatText(repeat);
  const by = repeat === 'unknown' ? null : basisText(basis);
  return by === null
    ? t('{0}: {1}: {2}', file, words, reason)
    : t('{0}: {1} ({2}): {3}', file, words, by, reason);
}

/** A note below it. */
export function noteLine(note: string): string {
  return t('note: {0}', note);
}

function repeatText(repeat: Repeat): string {
  switch (repeat) {
    case 'traps':
      return t('a second run traps');
    case 'likely-traps':
      return t('a second run probably traps');
    case 'reruns':
      return t('may run again');
    case 'unknown':
      return t('not known');
    case 'no-run':
      return t('no run');
  }
}

function basisText(basis: Basis): string | null {
  switch (basis) {
    case 'observed':
      return t('observed');
    case 'probe':
      return t('seen in a probe');
    case 'static':
      return t('from the binary');
    case 'none':
      return null;
  }
}
