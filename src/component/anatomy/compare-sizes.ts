import type { OriginKind, SizeTable } from './sizes';

/** How the sizes of one build differ from those of an earlier one. Positive numbers are growth, in bytes. */
export interface SizeDifference {
  readonly bytes: number;
  /** The origins that differ, the largest difference first; they add up to `bytes`. */
  readonly origins: readonly OriginDifference[];
  /** The functions that differ, the largest difference first, told apart by name. At most `mostDifferences`. */
  readonly functions: readonly FunctionDifference[];
}

export interface OriginDifference {
  readonly kind: OriginKind;
  readonly name: string;
  readonly bytes: number;
  /** Its size before and after; 0 where it was not there. */
  readonly before: number;
  readonly after: number;
}

export interface FunctionDifference {
  readonly name: string;
  /** The least difference that there can be where `before` or `after` is null. */
  readonly bytes: number;
  /** Its size before and after; 0 where it was not there, null where it is among those that are too small for a row. */
  readonly before: number | null;
  readonly after: number | null;
}

/** How many functions are told. */
export const mostDifferences = 200;

/** Compares the tables of two builds of a file. */
export function compareSizes(before: SizeTable, after: SizeTable): SizeDifference {
  return {
    bytes: after.fileBytes - before.fileBytes,
    origins: compareOrigins(before, after),
    functions: compareFunctions(before, after),
  };
}

function compareOrigins(before: SizeTable, after: SizeTable): readonly OriginDifference[] {
  const found = new Map<string, { kind: OriginKind; name: string; before: number; after: number }>();
  const entry = (kind: OriginKind, name: string) => {
    const key = `${kind} ${name}`;
    const known = found.get(key) ?? { kind, name, before: 0, after: 0 };
    found.set(key, known);
    return known;
  };
  for (const { kind, name, bytes } of before.origins) entry(kind, name).before += bytes;
  for (const { kind, name, bytes } of after.origins) entry(kind, name).after += bytes;
  return [...found.values()]
    .map((each) => ({ ...each, bytes: each.after - each.before }))
    .filter(({ bytes }) => bytes !== 0)
    .sort(largestFirst);
}

function compareFunctions(before: SizeTable, after: SizeTable): readonly FunctionDifference[] {
  const [old, young] = [functionsOf(before), functionsOf(after)];
  const differences: FunctionDifference[] = [];
  for (const name of new Set([...old.bytes.keys(), ...young.bytes.keys()])) {
    const [was, is] = [sizeIn(old, name), sizeIn(young, name)];
    const bytes = (is ?? young.hidden) - (was ?? old.hidden);
    const mayBeEqual = (was === null && bytes <= 0) || (is === null && bytes >= 0);
    if (bytes !== 0 && !mayBeEqual) differences.push({ name, bytes, before: was, after: is });
  }
  return differences.sort(largestFirst).slice(0, mostDifferences);
}

interface Functions {
  /** Bytes by name: functions of one name, such as instances of a generic one, count together. */
  readonly bytes: ReadonlyMap<string, number>;
  /** What a function without a row has at most; 0 where all functions have rows. */
  readonly hidden: number;
}

function functionsOf({ rows, functionCount }: SizeTable): Functions {
  const bytes = new Map<string, number>();
  let shown = 0;
  let smallest = Infinity;
  for (const row of rows) {
    if (row.kind !== 'function') continue;
    shown += 1;
    smallest = Math.min(smallest, row.bytes);
    if (row.name !== '') bytes.set(row.name, (bytes.get(row.name) ?? 0) + row.bytes);
  }
  return { bytes, hidden: shown === functionCount ? 0 : smallest };
}

function sizeIn({ bytes, hidden }: Functions, name: string): number | null {
  return bytes.get(name) ?? (hidden === 0 ? 0 : null);
}

function largestFirst(a: { readonly bytes: number }, b: { readonly bytes: number }): number {
  return Math.abs(b.bytes) - Math.abs(a.bytes);
}
