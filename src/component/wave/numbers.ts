/** The integer kinds of WIT. */
export type IntegerKind = 's8' | 'u8' | 's16' | 'u16' | 's32' | 'u32' | 's64' | 'u64';

/** The smallest and the largest value of each integer kind. */
export const integerRanges: Readonly<Record<IntegerKind, { readonly min: bigint; readonly max: bigint }>> = {
  s8: signed(8n),
  u8: unsigned(8n),
  s16: signed(16n),
  u16: unsigned(16n),
  s32: signed(32n),
  u32: unsigned(32n),
  s64: signed(64n),
  u64: unsigned(64n),
};

/** The kinds whose JavaScript value is a bigint. */
export function isWide(kind: IntegerKind): boolean {
  return kind === 's64' || kind === 'u64';
}

/** Whether a value is what jco takes and gives for an integer of this kind. */
export function isIntegerValue(kind: IntegerKind, value: unknown): value is number | bigint {
  const { min, max } = integerRanges[kind];
  if (isWide(kind)) return typeof value === 'bigint' && value >= min && value <= max;
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
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

function signed(bits: bigint) {
  return { min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n };
}

function unsigned(bits: bigint) {
  return { min: 0n, max: 2n ** bits - 1n };
}
