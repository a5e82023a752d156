import type { Result } from '../../base/result';
import { err, ok } from '../../base/result';
import type { ValueType } from '../types';
import type { WaveError } from './error';
import { WaveFailure, toWaveError } from './error';
import type { HandleLookup } from './handles';
import { noHandles } from './handles';
import { ValueReader } from './read-value';
import { Scanner } from './scanner';
import type { JsValue } from './value';

/** The longest text that is read, in UTF-16 code units: any text of this length is read within 100 ms, fast enough while typing. */
export const maxTextLength = 512 * 1024;

/**
 * Reads a WAVE text as a value of the given type, in the form that jco takes (see value.ts).
 * Source: https://github.com/bytecodealliance/wasm-tools/blob/main/crates/wasm-wave/README.md, and `wave_ebnf.md` beside it.
 */
export function parseValue(
  text: string,
  type: ValueType,
  handles: HandleLookup = noHandles,
): Result<JsValue, WaveError> {
  return parseWhole(text, (scanner) => new ValueReader(scanner, handles).read(type));
}

/** Runs a reader over a whole text: nothing may be left behind but white space and comments. Never throws. */
export function parseWhole<T>(text: string, read: (scanner: Scanner) => T): Result<T, WaveError> {
  try {
    if (text.length > maxTextLength) {
      throw new WaveFailure(
        { kind: 'too-long', most: maxTextLength },
        { offset: maxTextLength, end: text.length },
      );
    }
    const scanner = new Scanner(text);
    const value = read(scanner);
    scanner.skipSpace();
    if (scanner.offset < text.length) throw scanner.failure({ kind: 'end' });
    return ok(value);
  } catch (failure) {
    if (failure instanceof WaveFailure) return err(toWaveError(failure, text));
    throw failure;
  }
}
