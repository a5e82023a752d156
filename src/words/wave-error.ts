import { printType } from '../component/wit-print';
import type { WaveError, WaveProblem } from '../component/wave/error';
import type { HandleLack } from '../component/wave/handles';
import { integerRange } from '../component/wave/numbers';
import { goneText } from './handles';
import { handleOnOther } from './plan';
import { t } from './t';
import { anyOf, expectationText, quoted } from './wave-expectation';

/** Says in one or a few sentences what is wrong with the text of a value or a call. */
export function waveErrorText({ problem }: Pick<WaveError, 'problem'>): string {
  switch (problem.kind) {
    case 'expected': {
      const found = problem.found === null ? t('the end of the text') : `\`${problem.found}\``;
      return t('Expected {0}, found {1}.', expectationText(problem.expected), found);
    }
    case 'given-twice':
      return problem.what === 'field'
        ? t('The field `{0}` is given twice.', problem.label)
        : t('The flag `{0}` is given twice.', problem.label);
    case 'key-twice':
      return t('This key is given twice.');
    case 'missing':
      return problem.what === 'field'
        ? t('The field `{0}` is missing.', problem.name)
        : t('The argument `{0}` is missing.', problem.name);
    case 'unknown-function':
      return unknownFunctionText(problem);
    case 'ambiguous':
      return t('`{0}` can mean {1}.', problem.written, anyOf(quoted(problem.meanings)));
    case 'no-method':
      return t('No exported resource has a method `{0}`.', problem.method);
    case 'handle':
      return handleLackText(problem.why);
    case 'list-length':
      return t('This list has {0} values; here are {1}.', problem.length, problem.found);
    case 'leading-zeros':
      return t('A number has no zeros in front.');
    case 'out-of-range':
      return outOfRangeText(problem);
    case 'too-long':
      return t('The text is longer than {0} characters.', problem.most.toLocaleString('en'));
    case 'too-deep':
      return t('Values are nested at most {0} deep.', problem.most);
    case 'too-much-left-out':
      return t('The text leaves out more than {0} fields and flags.', problem.most.toLocaleString('en'));
    default:
      return literalText(problem);
  }
}

type LiteralKind =
  | 'empty-char'
  | 'several-chars'
  | 'unclosed'
  | 'no-line-break'
  | 'unclosed-lines'
  | 'closing-line'
  | 'escape'
  | 'indent'
  | 'not-scalar'
  | 'half-surrogate'
  | 'not-utf8';

/** What is wrong within a char or a string, or with the bytes of a text. */
function literalText(problem: Extract<WaveProblem, { kind: LiteralKind }>): string {
  switch (problem.kind) {
    case 'empty-char':
      return t('A char is one character; this one is empty.');
    case 'several-chars':
      return t('A char is one Unicode scalar value; here are several.');
    case 'unclosed':
      return problem.what === 'char'
        ? t("Expected `'` to end the char on its line.")
        : t('Expected `"` to end the string on its line.');
    case 'no-line-break':
      return t('Expected a line break after the opening `"""`.');
    case 'unclosed-lines':
      return t('Expected `"""` on a line of its own to end the string.');
    case 'closing-line':
      return t('The closing `"""` stands on a line of its own, after spaces only.');
    case 'indent':
      return t('This line is indented less than the closing `"""` ({0} spaces).', problem.spaces);
    case 'escape':
      return t(
        'Expected an escape: {0} with 1 to 6 hexadecimal digits.',
        '`\\n`, `\\r`, `\\t`, `\\\\`, `\\"`, `\\\'` or `\\u{…}`',
      );
    case 'not-scalar':
      return t('U+{0} is not a Unicode scalar value.', hex(problem.code));
    case 'half-surrogate':
      return t('U+{0} is half of a surrogate pair, not a Unicode scalar value.', hex(problem.code));
    case 'not-utf8':
      return t('Byte {0} (0x{1}) is not UTF-8.', problem.at, hex(problem.byte).padStart(2, '0'));
  }
}

function unknownFunctionText(problem: Extract<WaveProblem, { kind: 'unknown-function' }>): string {
  const { written, nearest, names, more } = problem;
  const all = quoted(names).join(', ');
  return [
    t('No exported function is called `{0}`.', written),
    ...(nearest === undefined ? [] : [t('Did you mean `{0}`?', nearest)]),
    ...(names.length === 0
      ? []
      : [more === 0 ? t('There are: {0}.', all) : t('There are: {0}, {1} more.', all, more)]),
  ].join(' ');
}

function outOfRangeText({ type, written }: Extract<WaveProblem, { kind: 'out-of-range' }>): string {
  const [min, max] = integerRange(type);
  return t('{0} is out of range: {1} goes from {2} to {3}.', written, type, String(min), String(max));
}

/** Why a handle cannot stand in a call. */
function handleLackText(lack: HandleLack): string {
  const name = `$${lack.name}`;
  switch (lack.code) {
    case 'none':
      return t('There is no handle `{0}`.', name);
    case 'none-on-instance':
      return t('There is no handle `{0}` on this instance.', name);
    case 'named-twice':
      return t('`{0}` is named twice in this call, which takes it over.', name);
    case 'awaited':
      return t('A read of `{0}` waits for more. `:read {0}` continues it.', name);
    case 'gone':
      return goneText(name, lack.how);
    case 'other-type':
      return t('`{0}` is a {1}, not a {2}.', name, printType(lack.type), printType(lack.wanted));
    case 'other-grants':
      return handleOnOther(name, lack.component, lack.instance);
  }
}

function hex(code: number): string {
  return code.toString(16).toUpperCase();
}
