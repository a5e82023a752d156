import { assertNever } from '../../base/assert-never';
import type { Field, TypeOf, ValueType } from '../types';
import type { Expectation } from './error';
import { WaveFailure } from './error';
import type { HandleLookup, HandleType } from './handles';
import { readChar, readString } from './literals';
import { readEnum, readOption, readResult, readVariant } from './read-case';
import { readList, readMap, readTuple } from './read-list';
import { readFloat, readInteger } from './read-number';
import { readFlags, readRecord } from './read-record';
import type { Reader } from './reader';
import { endOfItem } from './reader';
import type { Scanner } from './scanner';
import type { JsValue } from './value';
import { futureOf, noneValue } from './value';

/** How deep types may be nested. The same as in wasm-tools' parser; components with deeper types are not valid. */
const maxDepth = 100;

/** How many fields and flags a text may leave out. Few characters can stand for very many, of which making all would take too long. */
const maxLeftOut = 250_000;

/** Reads values of given types from a text. Gives up by throwing a WaveFailure. */
export class ValueReader implements Reader {
  readonly scanner: Scanner;
  readonly #handles: HandleLookup;
  #depth = 0;
  #leftOut = 0;

  constructor(scanner: Scanner, handles: HandleLookup) {
    this.scanner = scanner;
    this.#handles = handles;
  }

  /**
   * Reads one value.
   * @param expected what to say was expected if none starts here; more than `type` where `some(` or `ok(` may be left out
   */
  read(type: ValueType, expected: Expectation = { kind: 'value', type }): JsValue {
    if (this.#depth >= maxDepth) {
      const { offset } = this.scanner;
      throw new WaveFailure({ kind: 'too-deep', most: maxDepth }, { offset, end: offset + 1 });
    }
    this.#depth += 1;
    const value = this.#readUnchecked(type, expected);
    this.#depth -= 1;
    return value;
  }

  leaveOut(count: number): void {
    this.#leftOut += count;
    if (this.#leftOut <= maxLeftOut) return;
    throw new WaveFailure(
      { kind: 'too-much-left-out', most: maxLeftOut },
      { offset: this.scanner.offset - 1, end: this.scanner.offset },
    );
  }

  /** Reads the arguments of a call from `(` to `)`. Options at the end may be left out. */
  readArguments(params: readonly Field[]): JsValue[] {
    const { scanner } = this;
    scanner.expect('(');
    const values: JsValue[] = [];
    let closed = scanner.take(')');
    for (const { type } of params) {
      if (closed) break;
      values.push(this.read(type));
      closed = values.length < params.length && endOfItem(this, ')');
    }
    if (!closed) {
      if (values.length > 0) scanner.take(',');
      scanner.expect(
        ')',
        params.length === 0 ? { kind: 'close', of: 'no-parameters' } : { kind: 'tokens', tokens: [')'] },
      );
    }
    for (const { name, type } of params.slice(values.length)) {
      if (type.kind !== 'option') {
        const offset = scanner.offset - 1;
        throw new WaveFailure(
          { kind: 'missing', what: 'argument', name },
          {
            offset,
            end: offset + 1,
            expected: { kind: 'value', type },
          },
        );
      }
      values.push(noneValue(type));
    }
    return values;
  }

  #readUnchecked(type: ValueType, expected: Expectation): JsValue {
    switch (type.kind) {
      case 'bool':
        return this.#readBool(expected);
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
      case 's64':
      case 'u64':
        return readInteger(this.scanner, type.kind, expected);
      case 'f32':
      case 'f64':
        return readFloat(this.scanner, type.kind, expected);
      case 'char':
        this.#expectNext("'", expected);
        return readChar(this.scanner);
      case 'string':
        this.#expectNext('"', expected);
        return readString(this.scanner);
      case 'list':
        return readList(this, type, expected);
      case 'map':
        return readMap(this, type, expected);
      case 'tuple':
        return readTuple(this, type.elements, expected);
      case 'record':
        return readRecord(this, type, expected);
      case 'flags':
        return readFlags(this, type, expected);
      case 'enum':
        return readEnum(this, type, expected);
      case 'variant':
        return readVariant(this, type, expected);
      case 'option':
        return readOption(this, type, expected);
      case 'result':
        return readResult(this, type, expected);
      case 'stream':
      case 'future':
        return this.#readContent(type, expected);
      case 'own':
      case 'borrow':
        return this.#readHandle(type, expected);
      case 'error-context':
        return this.#readHandle({ kind: type.kind }, expected);
      default:
        return assertNever(type);
    }
  }

  #readBool(expected: Expectation): boolean {
    const word = this.scanner.peekWord();
    if (word === null || word.escaped || (word.label !== 'true' && word.label !== 'false')) {
      throw this.scanner.failure(expected);
    }
    this.scanner.offset = word.end;
    return word.label === 'true';
  }

  /** WAVE has no notation for streams and futures: what they are to hold stands for one that the host makes. */
  #readContent(type: TypeOf<'stream' | 'future'>, expected: Expectation): JsValue {
    const { scanner } = this;
    scanner.skipSpace();
    const { element } = type;
    if (scanner.text[scanner.offset] === '$' || element === null) return this.#readHandle(type, expected);
    if (type.kind === 'future') return futureOf(this.read(element, expected));
    return readList(this, { kind: 'list', element, length: null }, expected);
  }

  #readHandle(type: HandleType, expected: Expectation): JsValue {
    const { scanner } = this;
    const handle = scanner.takeHandle();
    if (handle === null) throw scanner.failure(expected);
    const found = this.#handles.find(handle.name, type);
    if ('lack' in found) throw new WaveFailure({ kind: 'handle', why: found.lack }, { ...handle, expected });
    return found.value;
  }

  #expectNext(char: string, expected: Expectation): void {
    this.scanner.skipSpace();
    if (this.scanner.text[this.scanner.offset] !== char) throw this.scanner.failure(expected);
  }
}
