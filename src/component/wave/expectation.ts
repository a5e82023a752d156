import { printType } from '../wit-print';
import type { ValueType } from '../types';
import type { Expectation } from './error';
import { escapeLabel } from './keywords';
import { integerRange } from './numbers';

/** How many labels of an enum, a record and the like a message names. */
const namedLabels = 8;

/** In words for a message: "a whole number from 0 to 255 (u8)". */
export function describeExpectation(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'value':
      return describeValue(expectation.type);
    case 'field':
      return `the field ${listLabels(expectation.fields.map(({ name }) => name))}`;
    case 'flag':
      return `the flag ${listLabels(expectation.labels)}`;
    case 'function':
      return 'the name of an exported function';
    case 'text':
      return expectation.text;
  }
}

/** Labels in backticks, the last joined with "or", of many only the first few. */
export function listLabels(labels: readonly string[]): string {
  // One more is named: "1 others" is no shorter.
  const shown = labels.length === namedLabels + 1 ? labels.length : namedLabels;
  const named = labels.slice(0, shown).map((label) => `\`${label}\``);
  if (labels.length > shown) return `${named.join(', ')} or ${labels.length - shown} others`;
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} or ${last}`;
}

function describeValue(type: ValueType): string {
  const start = describeStart(type);
  const name = printType(type);
  return `${start} (${name.length > 60 ? `${name.slice(0, 59)}…` : name})`;
}

const handleStart = 'the name of a handle like `$1`';

function describeStart(type: ValueType): string {
  switch (type.kind) {
    case 'bool':
      return '`true` or `false`';
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64': {
      const [min, max] = integerRange(type.kind);
      return `a whole number from ${String(min)} to ${String(max)}`;
    }
    case 'f32':
    case 'f64':
      return 'a number, `nan`, `inf` or `-inf`';
    case 'char':
      return "a character like `'a'`";
    case 'string':
      return 'text like `"abc"`';
    case 'list':
    case 'map':
      return 'a list in `[` `]`';
    case 'tuple':
      return 'a tuple in `(` `)`';
    case 'record':
      return 'a record in `{` `}`';
    case 'flags':
      return 'flags in `{` `}`';
    case 'enum':
      return listLabels(type.labels.map(escapeLabel));
    case 'variant':
      return listLabels(
        type.cases.map((one) => (one.type === null ? escapeLabel(one.name) : `${escapeLabel(one.name)}(…)`)),
      );
    case 'option':
      return isFlattened(type.element)
        ? `\`none\`, or ${describeStart(type.element)}`
        : '`none` or `some(…)`';
    case 'result': {
      const cases = listLabels([type.ok === null ? 'ok' : 'ok(…)', type.error === null ? 'err' : 'err(…)']);
      return type.ok !== null && isFlattened(type.ok) ? `${cases}, or ${describeStart(type.ok)}` : cases;
    }
    case 'stream':
      return type.element === null ? handleStart : `a list in \`[\` \`]\`, or ${handleStart}`;
    case 'future':
      return type.element === null ? handleStart : `${describeStart(type.element)}, or ${handleStart}`;
    case 'own':
    case 'borrow':
    case 'error-context':
      return handleStart;
  }
}

/** Whether `some(x)` and `ok(x)` may be written as the bare `x`: not where x is itself an option or a result. */
export function isFlattened(payload: ValueType): boolean {
  return payload.kind !== 'option' && payload.kind !== 'result';
}
