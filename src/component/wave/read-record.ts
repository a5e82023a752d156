import type { TypeOf } from '../types';
import type { Expectation, WaveProblem } from './error';
import { WaveFailure } from './error';
import { slotsOf } from './type-cache';
import type { Reader } from './reader';
import { endOfItem, missing } from './reader';
import type { Word } from './scanner';
import type { JsValue } from './value';
import { noneValue } from './value';

const closing: Expectation = { kind: 'tokens', tokens: ['}'] };

export function readRecord(reader: Reader, type: TypeOf<'record'>, expected: Expectation): JsValue {
  const { scanner } = reader;
  const slots = slotsOf(type);
  const values = new Map<number, JsValue>();
  scanner.expect('{', expected);
  let closed = false;
  if (scanner.take(':')) {
    scanner.expect('}');
    closed = true;
  }
  while (!closed) {
    const word = scanner.peekWord();
    const slot = word === null ? undefined : slots.get(word.label);
    const field = slot === undefined ? undefined : type.fields[slot.index];
    if (word === null || slot === undefined || field === undefined) {
      const left = type.fields.filter((_, index) => !values.has(index));
      if (scanner.text[scanner.offset] === '}' && left.every((one) => one.type.kind === 'option')) {
        throw scanner.failure({ kind: 'close', of: 'empty-record' });
      }
      throw scanner.failure(left.length === 0 ? closing : { kind: 'field', fields: left });
    }
    if (values.has(slot.index))
      throw wordFailure(word, { kind: 'given-twice', what: 'field', label: word.label });
    scanner.offset = word.end;
    scanner.expect(':', { kind: 'value-of', token: ':', label: word.label });
    values.set(slot.index, reader.read(field.type));
    closed = endOfItem(reader, '}');
  }
  return buildRecord(reader, type, values);
}

function buildRecord(reader: Reader, type: TypeOf<'record'>, values: ReadonlyMap<number, JsValue>): JsValue {
  reader.leaveOut(type.fields.length - values.size);
  const record: Record<string, JsValue> = {};
  for (const [name, { index, key }] of slotsOf(type)) {
    const field = type.fields[index];
    if (values.has(index)) record[key] = values.get(index);
    else if (field?.type.kind === 'option') record[key] = noneValue(field.type);
    else throw missing(reader, { kind: 'missing', what: 'field', name });
  }
  return record;
}

export function readFlags(reader: Reader, type: TypeOf<'flags'>, expected: Expectation): JsValue {
  const { scanner } = reader;
  const slots = slotsOf(type);
  const flags: Record<string, boolean> = {};
  for (const { key } of slots.values()) flags[key] = false;
  scanner.expect('{', expected);
  reader.leaveOut(type.labels.length);
  let closed = scanner.take('}');
  while (!closed) {
    const word = scanner.peekWord();
    const slot = word === null ? undefined : slots.get(word.label);
    if (word === null || slot === undefined) {
      const left = type.labels.filter((label) => flags[slots.get(label)?.key ?? ''] === false);
      throw scanner.failure(left.length === 0 ? closing : { kind: 'flag', labels: left });
    }
    if (flags[slot.key] === true)
      throw wordFailure(word, { kind: 'given-twice', what: 'flag', label: word.label });
    scanner.offset = word.end;
    flags[slot.key] = true;
    closed = endOfItem(reader, '}');
  }
  return flags;
}

function wordFailure({ offset, end }: Word, problem: WaveProblem): WaveFailure {
  return new WaveFailure(problem, { offset, end });
}
