/** The integer kinds of WIT. */
export type IntegerKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64';

/** The integer kinds whose JavaScript value is a number. */
export type NarrowKind = Exclude<IntegerKind, 's64' | 'u64'>;

/** The smallest and the largest value of each kind that is a number. */
const narrowRanges: Readonly<Record<NarrowKind, readonly [number, number]>> = {
  s8: [-0x80, 0x7f],
  u8: [0, 0xff],
  s16: [-0x8000, 0x7fff],
  u16: [0, 0xffff],
  s32: [-0x8000_0000, 0x7fff_ffff],
  u32: [0, 0xffff_ffff],
};

const wideRanges: Readonly<Record<'s64' | 'u64', readonly [bigint, bigint]>> = {
  s64: [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};

/** The smallest and the largest value of a kind. */
export function integerRange(kind: IntegerKind): readonly [number, number] | readonly [bigint, bigint] {
  return isWide(kind) ? wideRanges[kind] : narrowRanges[kind];
}

/** The kinds whose JavaScript value is a bigint. */
export function isWide(kind: IntegerKind): kind is 's64' | 'u64' {
  return kind === 's64' || kind === 'u64';
}

/** Whether a value is what jco takes and gives for an integer of this kind. */
export function isIntegerValue(kind: IntegerKind, value: unknown): value is number | bigint {
  if (isWide(kind)) return typeof value === 'bigint' && isInWideRange(kind, value);
  return typeof value === 'number' && Number.isInteger(value) && isInNarrowRange(kind, value);
}

/** Whether a whole number is in the range of a kind. */
export function isInNarrowRange(kind: NarrowKind, value: number): boolean {
  const [min, max] = narrowRanges[kind];
  return value >= min && value <= max;
}

/** Whether a bigint is in the range of a kind. */
export function isInWideRange(kind: 's64' | 'u64', value: bigint): boolean {
  const [min, max] = wideRanges[kind];
  return value >= min && value <= max;
}

/** The shortest text that reads back as the same number; not-a-number has no payload here. */
export function printFloat(kind: 'f32' | 'f64', value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  if (Object.is(value, -0)) return '-0';
  return String(kind === 'f32' ? shortestFloat32(value) : value);
}

/** The number with the fewest digits that rounds to this 32-bit number: 0.1 rather than 0.10000000149011612. */
function shortestFloat32(value: number): number {
  const target = Math.fround(value);
  for (let digits = 1; digits < 9; digits += 1) {
    const candidate = Number(target.toPrecision(digits));
    if (Math.fround(candidate) === target) return candidate;
  }
  return Number(target.toPrecision(9));
}
