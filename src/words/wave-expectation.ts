import type { TypeOf, ValueType } from '../component/types';
import type { Expectation } from '../component/wave/error';
import { isFlattened } from '../component/wave/flattened';
import { escapeLabel } from '../component/wave/keywords';
import { integerRange } from '../component/wave/numbers';
import { printFunction, printType } from '../component/wit-print';
import { t } from './t';

/** How many labels of an enum, a record and the like a message names. */
const namedLabels = 8;

/** What could stand at a place, for a message: "a whole number from 0 to 255 (u8)". */
export function expectationText(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'value':
      return valueText(expectation.type);
    case 'field':
      return t('the field {0}', anyOf(quoted(expectation.fields.map(({ name }) => name))));
    case 'flag':
      return t('the flag {0}', anyOf(quoted(expectation.labels)));
    case 'function':
      return t('the name of an exported function');
    case 'tokens':
      return anyOf(quoted(expectation.tokens));
    case 'value-of':
      return t('`{0}` and the value of `{1}`', expectation.token, expectation.label);
    case 'more-values':
      return moreValuesText(expectation.count);
    case 'entry':
      return t('a key and a value in `(` `)`');
    case 'close':
      return closeText(expectation);
    case 'no-payload':
      return t('no value, as `{0}` has none', expectation.label);
    case 'handle':
      return t('the name of a handle, like `$1`');
    case 'method':
      return t('`.` and the name of a method');
    case 'end':
      return t('the end of the text');
    case 'arguments':
      return t('`(` and the arguments of {0}', printFunction(expectation.type));
  }
}

/** Choices, the last joined with "or", of many only the first few. */
export function anyOf(choices: readonly string[]): string {
  // One more is named: "1 others" is no shorter.
  const shown = choices.length === namedLabels + 1 ? choices.length : namedLabels;
  const named = choices.slice(0, shown);
  if (choices.length > shown) return t('{0} or {1} others', named.join(', '), choices.length - shown);
  const last = named.pop() ?? '';
  return named.length === 0 ? last : t('{0} or {1}', named.join(', '), last);
}

/** Names as they are written in a text. */
export function quoted(names: readonly string[]): readonly string[] {
  return names.map((name) => `\`${name}\``);
}

function moreValuesText(count: number | null): string {
  if (count === null) return t('`,` and a value');
  return count === 1 ? t('`,` and 1 more value') : t('`,` and {0} more values', count);
}

function closeText(close: Extract<Expectation, { kind: 'close' }>): string {
  switch (close.of) {
    case 'empty-record':
      return t('`:}`, as a record without fields is written `{:}`');
    case 'no-parameters':
      return t('`)`, as there are no parameters');
    case 'list':
      return t('`]`, as this list has {0} values', close.count);
    case 'tuple':
      return t('`)`, as this tuple has {0} values', close.count);
  }
}

function valueText(type: ValueType): string {
  const name = printType(type);
  return `${startText(type)} (${name.length > 60 ? `${name.slice(0, 59)}…` : name})`;
}

function startText(type: ValueType): string {
  switch (type.kind) {
    case 'bool':
      return t('`true` or `false`');
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64': {
      const [min, max] = integerRange(type.kind);
      return t('a whole number from {0} to {1}', String(min), String(max));
    }
    case 'f32':
    case 'f64':
      return t('a number, `nan`, `inf` or `-inf`');
    case 'char':
      return t("a character like `'a'`");
    case 'string':
      return t('text like `"abc"`');
    case 'list':
    case 'map':
      return t('a list in `[` `]`');
    case 'tuple':
      return t('a tuple in `(` `)`');
    case 'record':
      return t('a record in `{` `}`');
    case 'flags':
      return t('flags in `{` `}`');
    case 'enum':
      return anyOf(quoted(type.labels.map(escapeLabel)));
    case 'variant':
      return anyOf(quoted(type.cases.map((one) => caseText(escapeLabel(one.name), one.type))));
    case 'option':
      return isFlattened(type.element)
        ? t('`none`, or {0}', startText(type.element))
        : t('`none` or `some(…)`');
    case 'result':
      return resultText(type);
    case 'stream':
      return type.element === null ? handleText() : t('a list in `[` `]`, or {0}', handleText());
    case 'future':
      return type.element === null ? handleText() : t('{0}, or {1}', startText(type.element), handleText());
    case 'own':
    case 'borrow':
    case 'error-context':
      return handleText();
  }
}

function resultText({ ok, error }: TypeOf<'result'>): string {
  const cases = anyOf(quoted([caseText('ok', ok), caseText('err', error)]));
  return ok !== null && isFlattened(ok) ? t('{0}, or {1}', cases, startText(ok)) : cases;
}

function caseText(name: string, payload: ValueType | null): string {
  return payload === null ? name : `${name}(…)`;
}

function handleText(): string {
  return t('the name of a handle like `$1`');
}
