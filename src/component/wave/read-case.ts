import type { TypeOf, ValueType } from '../types';
import type { Expectation } from './error';
import { isFlattened } from './flattened';
import { escapeLabel, isKeyword } from './keywords';
import { casesOf, labelsOf } from './type-cache';
import type { Reader } from './reader';
import type { Word } from './scanner';
import type { JsValue } from './value';
import { isWrappedOption, noneValue } from './value';

export function readEnum(reader: Reader, type: TypeOf<'enum'>, expected: Expectation): string {
  const word = caseWord(reader, expected);
  if (!labelsOf(type).has(word.label)) throw reader.scanner.failure(expected);
  reader.scanner.offset = word.end;
  return word.label;
}

export function readVariant(reader: Reader, type: TypeOf<'variant'>, expected: Expectation): JsValue {
  const word = caseWord(reader, expected);
  const found = casesOf(type).get(word.label);
  if (found === undefined) throw reader.scanner.failure(expected);
  reader.scanner.offset = word.end;
  return readPayload(reader, escapeLabel(found.name), found.type, (val) => ({ tag: found.name, val }), {
    tag: found.name,
  });
}

export function readOption(reader: Reader, type: TypeOf<'option'>, expected: Expectation): JsValue {
  const keyword = takeKeyword(reader, ['some', 'none']);
  if (keyword === 'none') return noneValue(type);
  let value: JsValue;
  if (keyword === 'some') value = readInParentheses(reader, 'some', type.element);
  else if (isFlattened(type.element)) value = reader.read(type.element, expected);
  else throw reader.scanner.failure(expected);
  return isWrappedOption(type) ? { tag: 'some', val: value } : value;
}

export function readResult(reader: Reader, type: TypeOf<'result'>, expected: Expectation): JsValue {
  const keyword = takeKeyword(reader, ['ok', 'err']);
  if (keyword !== null) {
    const payload = keyword === 'ok' ? type.ok : type.error;
    return readPayload(reader, keyword, payload, (val) => ({ tag: keyword, val }), { tag: keyword });
  }
  if (type.ok === null || !isFlattened(type.ok)) throw reader.scanner.failure(expected);
  return { tag: 'ok', val: reader.read(type.ok, expected) };
}

/** The word of an enum's or variant's case. One that reads as a keyword is not a case, even if there is one of that name. */
function caseWord(reader: Reader, expected: Expectation): Word {
  const word = reader.scanner.peekWord();
  if (word === null || (!word.escaped && isKeyword(word.label))) throw reader.scanner.failure(expected);
  return word;
}

function readPayload(
  reader: Reader,
  label: string,
  type: ValueType | null,
  withValue: (value: JsValue) => JsValue,
  bare: JsValue,
): JsValue {
  if (type !== null) return withValue(readInParentheses(reader, label, type));
  reader.scanner.skipSpace();
  if (reader.scanner.text[reader.scanner.offset] !== '(') return bare;
  throw reader.scanner.failure({ kind: 'no-payload', label });
}

function readInParentheses(reader: Reader, label: string, type: ValueType): JsValue {
  const { scanner } = reader;
  scanner.expect('(', { kind: 'value-of', token: '(', label });
  const value = reader.read(type);
  scanner.expect(')');
  return value;
}

function takeKeyword<const K extends string>(reader: Reader, keywords: readonly K[]): K | null {
  const word = reader.scanner.peekWord();
  if (word === null || word.escaped) return null;
  const keyword = keywords.find((one) => one === word.label);
  if (keyword === undefined) return null;
  reader.scanner.offset = word.end;
  return keyword;
}
