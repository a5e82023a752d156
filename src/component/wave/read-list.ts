import type { TypeOf, ValueType } from '../types';
import type { Expectation } from './error';
import { WaveFailure } from './error';
import type { Reader } from './reader';
import { endOfItem, missing, words } from './reader';
import type { JsValue } from './value';
import { toListValue } from './value';

export function readList(reader: Reader, type: TypeOf<'list'>, expected: Expectation): JsValue {
  const { scanner } = reader;
  const items: JsValue[] = [];
  scanner.expect('[', expected);
  const expectedItem: Expectation = { kind: 'value', type: type.element };
  let closed = scanner.take(']');
  while (!closed) {
    if (items.length === type.length)
      throw scanner.failure(words(`\`]\`, as this list has ${type.length} values`));
    items.push(reader.read(type.element, expectedItem));
    closed = endOfItem(reader, ']');
  }
  if (type.length !== null && items.length < type.length) {
    throw missing(reader, `This list has ${type.length} values; here are ${items.length}.`);
  }
  return toListValue(type, items);
}

/** As `list<tuple<K, V>>`, which a map is the same as in the canonical ABI; WAVE's own text has no rule for maps. */
export function readMap(reader: Reader, type: TypeOf<'map'>, expected: Expectation): JsValue {
  const { scanner } = reader;
  const map = new Map<JsValue, JsValue>();
  scanner.expect('[', expected);
  let closed = scanner.take(']');
  while (!closed) {
    scanner.expect('(', words('a key and a value in `(` `)`'));
    scanner.skipSpace();
    const { offset } = scanner;
    const key = reader.read(type.key);
    if (map.has(key)) throw new WaveFailure('This key is given twice.', { offset, end: scanner.offset });
    scanner.expect(',', words('`,` and a value'));
    map.set(key, reader.read(type.value));
    scanner.take(',');
    scanner.expect(')');
    closed = endOfItem(reader, ']');
  }
  return map;
}

export function readTuple(reader: Reader, elements: readonly ValueType[], expected: Expectation): JsValue[] {
  const { scanner } = reader;
  scanner.expect('(', expected);
  const values = elements.map((element, index) => {
    const value = reader.read(element);
    const left = elements.length - index - 1;
    if (left > 0) scanner.expect(',', words(`\`,\` and ${left} more ${left === 1 ? 'value' : 'values'}`));
    return value;
  });
  scanner.take(',');
  scanner.expect(')', words(`\`)\`, as this tuple has ${elements.length} values`));
  return values;
}
