import type { TypeOf, ValueType } from '../types';
import type { Expectation } from './error';
import { WaveFailure } from './error';
import type { Reader } from './reader';
import { endOfItem, missing } from './reader';
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
      throw scanner.failure({ kind: 'close', of: 'list', count: type.length });
    items.push(reader.read(type.element, expectedItem));
    closed = endOfItem(reader, ']');
  }
  if (type.length !== null && items.length < type.length) {
    throw missing(reader, { kind: 'list-length', length: type.length, found: items.length });
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
    scanner.expect('(', { kind: 'entry' });
    scanner.skipSpace();
    const { offset } = scanner;
    const key = reader.read(type.key);
    if (map.has(key)) throw new WaveFailure({ kind: 'key-twice' }, { offset, end: scanner.offset });
    scanner.expect(',', { kind: 'more-values', count: null });
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
    if (left > 0) scanner.expect(',', { kind: 'more-values', count: left });
    return value;
  });
  scanner.take(',');
  scanner.expect(')', { kind: 'close', of: 'tuple', count: elements.length });
  return values;
}
