import type { Expectation } from './error';
import { WaveFailure } from './error';
import type { IntegerKind } from './numbers';
import { isInNarrowRange, isInWideRange, isWide } from './numbers';
import type { Scanner } from './scanner';

/** No integer of 64 bits has more digits, so longer ones need not be computed. */
const mostDigits = 20;

const floatPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?(?![\w.])/y;
const minusInfinity = /-inf(?![\w-])/y;
const continuesPattern = /[\w.]/y;

/** Reads a whole number in the range of its kind: a bigint for 64 bits, else a number. */
export function readInteger(scanner: Scanner, kind: IntegerKind, expected: Expectation): number | bigint {
  scanner.skipSpace();
  const { text, offset: start } = scanner;
  const negative = text.charCodeAt(start) === 0x2d;
  const digitsStart = negative ? start + 1 : start;
  let end = digitsStart;
  let magnitude = 0;
  for (;;) {
    const digit = text.charCodeAt(end) - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    magnitude = magnitude * 10 + digit;
    end += 1;
  }
  continuesPattern.lastIndex = end;
  if (end === digitsStart || continuesPattern.test(text)) throw scanner.failure(expected);
  if (end - digitsStart > 1 && text.charCodeAt(digitsStart) === 0x30) {
    throw new WaveFailure({ kind: 'leading-zeros' }, { offset: start, end, expected });
  }
  scanner.offset = end;
  if (isWide(kind)) {
    if (end - digitsStart <= mostDigits) {
      const value = BigInt(text.slice(start, end));
      if (isInWideRange(kind, value)) return value;
    }
  } else {
    // Subtracted, not negated: -0 is not an integer in JavaScript's eyes, and jco would tell it from 0.
    const value = negative ? 0 - magnitude : magnitude;
    if (isInNarrowRange(kind, value)) return value;
  }
  throw rangeFailure(kind, text.slice(start, end), start, end, expected);
}

/** Reads a number, `nan`, `inf` or `-inf`. Rounded to 64 bits, and those to 32 bits for `f32`; too large ones are infinite. */
export function readFloat(scanner: Scanner, kind: 'f32' | 'f64', expected: Expectation): number {
  const word = scanner.peekWord();
  if (word !== null) {
    if (word.escaped || (word.label !== 'nan' && word.label !== 'inf')) throw scanner.failure(expected);
    scanner.offset = word.end;
    return word.label === 'nan' ? NaN : Infinity;
  }
  const { text, offset } = scanner;
  minusInfinity.lastIndex = offset;
  if (minusInfinity.test(text)) {
    scanner.offset = minusInfinity.lastIndex;
    return -Infinity;
  }
  floatPattern.lastIndex = offset;
  const found = floatPattern.exec(text)?.[0];
  if (found === undefined) throw scanner.failure(expected);
  scanner.offset += found.length;
  return kind === 'f32' ? Math.fround(Number(found)) : Number(found);
}

function rangeFailure(
  kind: IntegerKind,
  found: string,
  offset: number,
  end: number,
  expected: Expectation,
): WaveFailure {
  const written = found.length > 24 ? `${found.slice(0, 24)}…` : found;
  return new WaveFailure(
    { kind: 'out-of-range', type: kind, written },
    {
      offset,
      end,
      expected,
    },
  );
}
