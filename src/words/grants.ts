import type { GrantError, GrantPiece } from '../calls/grants';
import { t } from './t';
import { shownValue } from './shown-value';

/** Where a piece of a grant was written, which decides its name and its syntax. */
export type GrantPlace = 'flag' | 'launch' | 'profiles' | 'imports';

const flags: Readonly<Record<GrantPiece, string>> = {
  args: '--',
  env: '--env',
  dirs: '--dir',
  network: '--net',
  imports: '--import',
  timeout: '--timeout',
  idle: '--idle',
  requestTimeout: '--request-timeout',
  idleInstanceTimeout: '--idle-instance-timeout',
  maxMemory: '--max-memory',
  stdin: 'stdin',
  engine: '--engine',
};

/** Says which piece of a grant is wrong and what belongs there. */
export function grantErrorText(error: GrantError, place: GrantPlace): string {
  const subject = subjectOf(error.piece, place);
  switch (error.problem) {
    case 'form':
      return place === 'flag' ? flagText(error, subject) : jsonText(error, subject);
    case 'range':
      return error.piece === 'maxMemory'
        ? t('{0} takes a size of at least 64KiB, not {1}.', subject, shownValue(error.value))
        : t('{0} takes a time above 0 and up to 596 hours, not {1}.', subject, shownValue(error.value));
    case 'quote':
      return t('{0}: the {1} at column {2} is not closed.', subject, error.quote, error.column);
  }
}

/** The same for an answer in a picker, which has its title to name the piece. */
export function grantAnswerText(error: GrantError): string {
  if (error.problem === 'quote') return t('The {0} at column {1} is not closed.', error.quote, error.column);
  switch (error.piece) {
    case 'timeout':
      return error.problem === 'form'
        ? t('Enter a time such as 5s or 500ms, or nothing for no limit.')
        : t('Enter a time above 0 and up to 596 hours.');
    case 'maxMemory':
      return error.problem === 'form'
        ? t('Enter a size such as 64MiB, or nothing for no limit.')
        : t('Enter a size of at least 64KiB.');
    default:
      return t('Enter the path that the guest sees, such as /data.');
  }
}

/** Says that a key of `freshInstance.profiles` has a new name, and how its value is written there. */
export function deprecatedKeyText({ key, now }: { readonly key: string; readonly now: string }): string {
  const example = now === 'timeout' ? '"timeout": "5s"' : '"maxMemory": "64MiB"';
  return t('"{0}" in freshInstance.profiles is deprecated. Write {1} instead.', key, example);
}

function subjectOf(piece: GrantPiece, place: GrantPlace): string {
  switch (place) {
    case 'flag':
      return flags[piece];
    case 'launch':
      return t('"{0}" in the launch configuration', piece);
    case 'profiles':
      return t('"{0}" in freshInstance.profiles', piece);
    case 'imports':
      return t('The setting freshInstance.imports');
  }
}

function flagText(error: GrantError, flag: string): string {
  const found = shownValue(error.value);
  switch (error.piece) {
    case 'env':
      return t(
        '{0} takes NAME=VALUE, not {1}. To pass on a variable of this shell: NAME="$NAME"',
        flag,
        found,
      );
    case 'dirs':
      return t('{0} takes HOST::GUEST or HOST::GUEST:ro, with two colons between, not {1}.', flag, found);
    case 'imports':
      return t('{0} takes INTERFACE=MODULE, not {1}.', flag, found);
    case 'engine':
      return t('{0} takes jco, wasmtime or both, not {1}.', flag, found);
    default:
      return jsonText(error, flag);
  }
}

function jsonText({ piece, value }: GrantError, subject: string): string {
  const found = shownValue(value);
  switch (piece) {
    case 'args':
      return t('{0} takes a list of texts, or one line of arguments, not {1}.', subject, found);
    case 'env':
      return t('{0} takes texts, numbers or booleans by name, not {1}.', subject, found);
    case 'dirs': {
      const example = '{"host": "data", "guest": "/data"}';
      return t('{0} takes directories such as {1} or "data::/data:ro", not {2}.', subject, example, found);
    }
    case 'network':
      return t('{0} takes true or false, not {1}.', subject, found);
    case 'imports':
      return t('{0} takes paths of modules by interface, not {1}.', subject, found);
    case 'timeout':
    case 'idle':
    case 'requestTimeout':
    case 'idleInstanceTimeout':
      return t('{0} takes a time such as 5s or 500ms, not {1}.', subject, found);
    case 'maxMemory':
      return t('{0} takes a size such as 64MiB, not {1}.', subject, found);
    case 'engine':
      return t('{0} takes jco or wasmtime, not {1}.', subject, found);
    case 'stdin':
      return t('{0} takes "terminal", "empty" or the path of a file, not {1}.', subject, found);
  }
}
