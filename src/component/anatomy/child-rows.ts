import type { SizeRow } from './sizes';

/** The rows of a table by the row that they are in: what is under `null` is the file. */
export function childRows(rows: readonly SizeRow[]): ReadonlyMap<number | null, readonly SizeRow[]> {
  const children = new Map<number | null, SizeRow[]>();
  for (const row of rows) {
    const known = children.get(row.parent);
    if (known === undefined) children.set(row.parent, [row]);
    else known.push(row);
  }
  return children;
}
