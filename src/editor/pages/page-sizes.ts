import { setImmediate } from 'node:timers/promises';
import { formatBytes } from '../../base/size';
import { compareSizes } from '../../component/anatomy/compare-sizes';
import type { SizeKind, SizeOrigin, SizeRow, SizeTable } from '../../component/anatomy/sizes';
import type { SizeColour, SizeGroup, SizeItem, SizesPart } from '../../page/messages';
import { changesText, sizesNote } from '../../words/page-sizes';
import { originText, sizeRowText } from '../../words/sizes';

/** Number of rows made in one step. A step takes some milliseconds; between steps the editor can do other work. */
const rowsAtATime = 200;

/** Differences that are told one by one. */
const mostTold = 6;

/** The sizes of an earlier build. */
export interface EarlierSizes {
  readonly table: SizeTable;
  /** When that build was made, as a time of day. */
  readonly time: string;
}

/** Where the bytes of a file are, and what has changed since an earlier build that was seen. Does not hold up the editor for long. */
export async function pageSizes(table: SizeTable, earlier?: EarlierSizes): Promise<SizesPart> {
  const { rows, origins, fileBytes, functionCount } = table;
  const listed = rows.filter(({ kind }) => kind === 'function').length;
  const items: SizeItem[] = [];
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    items.push(...itemsOf(rows, at));
    await setImmediate();
  }
  items.push(...origins.map(originItem));
  await setImmediate();
  return {
    fileBytes,
    items,
    changes: earlier === undefined ? [] : changesSince(earlier, table),
    note: listed < functionCount ? sizesNote(listed, functionCount) : '',
  };
}

/** Rows keep their places, since parents are told by them. */
function itemsOf(rows: readonly SizeRow[], from: number): readonly SizeItem[] {
  return rows.slice(from, from + rowsAtATime).map((row) => ({
    label: sizeRowText(row, parentOf(row, rows)?.kind ?? null),
    name: row.name,
    home: homeOf(row, rows),
    group: groupOf(row.kind),
    colour: colourOf(row, rows),
    bytes: row.bytes,
    parent: row.parent,
    ...textOf(row, rows),
  }));
}

function parentOf({ parent }: SizeRow, rows: readonly SizeRow[]): SizeRow | undefined {
  return parent === null ? undefined : rows[parent];
}

/** What can be opened as text: a core module, or a function of one. */
function textOf(row: SizeRow, rows: readonly SizeRow[]): Pick<SizeItem, 'module' | 'func'> {
  const { kind, index } = row;
  if (kind === 'module') return index === null ? {} : { module: index };
  if (kind !== 'function' || index === null) return {};
  for (let each = parentOf(row, rows); each !== undefined; each = parentOf(each, rows))
    if (each.kind === 'module' && each.index !== null) return { module: each.index, func: index };
  return {};
}

/** The core module or nested component that a row is in; empty for what is in the file itself. */
function homeOf(row: SizeRow, rows: readonly SizeRow[]): string {
  for (let each = parentOf(row, rows); each !== undefined; each = parentOf(each, rows)) {
    const outer = parentOf(each, rows);
    const isPart = each.kind === 'module' || each.kind === 'component';
    if (isPart && outer !== undefined && outer.kind !== 'file') return sizeRowText(each, outer.kind);
  }
  return '';
}

function groupOf(kind: SizeKind): SizeGroup {
  return kind === 'function' ? 'function' : 'part';
}

function colourOf(row: SizeRow, rows: readonly SizeRow[]): SizeColour {
  switch (row.kind) {
    case 'function':
    case 'code':
      return 'code';
    case 'data':
    case 'segment':
      return 'data';
    case 'custom':
    case 'names':
      return 'debug';
    case 'rest': {
      const parent = parentOf(row, rows);
      return parent === undefined ? 'other' : colourOf(parent, rows);
    }
    default:
      return 'other';
  }
}

function originItem(origin: SizeOrigin): SizeItem {
  const { name, bytes } = origin;
  return { label: originText(origin), name, home: '', group: 'origin', colour: 'other', bytes, parent: null };
}

function changesSince({ table: before, time }: EarlierSizes, after: SizeTable): readonly string[] {
  const { bytes, origins, functions } = compareSizes(before, after);
  const told = origins
    .slice(0, mostTold)
    .map((origin) => changesText.origin(signed(origin.bytes), originText(origin)));
  const small = functions.slice(0, mostTold).map((func) => changesText.func(signed(func.bytes), func.name));
  if (bytes === 0 && told.length === 0 && small.length === 0) return [changesText.none(time)];
  return [changesText.whole(signed(bytes), time), ...told, ...small];
}

function signed(bytes: number): string {
  return bytes < 0 ? `−${formatBytes(-bytes)}` : `+${formatBytes(bytes)}`;
}
