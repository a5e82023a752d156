import { formatBytes } from '../base/size';
import { childRows } from '../component/anatomy/child-rows';
import type { SizeRow, SizeTable } from '../component/anatomy/sizes';
import { sizeTableText } from '../words/cli-sizes';
import { originText, restText, sizeRowText } from '../words/sizes';

/** How many origins, and how many rows of one parent, are printed. */
const mostOrigins = 20;
const mostOfOne = 15;

/** What `inspect --sizes` prints: what the bytes come from, then each module with its sections and functions, the largest first. */
export function sizeLines(file: string, table: SizeTable): readonly string[] {
  const { fileBytes, origins } = table;
  const line = (bytes: number, depth: number, text: string) => {
    const percent = fileBytes === 0 ? 0 : (100 * bytes) / fileBytes;
    return `${formatBytes(bytes).padStart(9)} ${`${percent.toFixed(1)}%`.padStart(6)}  ${'  '.repeat(depth)}${text}`;
  };
  return [
    sizeTableText.head(file, fileBytes),
    `${sizeTableText.byOrigin()}:`,
    ...largest(origins, mostOrigins).map((each) =>
      line(each.bytes, 0, 'count' in each ? restText(each.count) : originText(each)),
    ),
    `${sizeTableText.byPart()}:`,
    ...partLines(table, line),
  ];
}

function partLines(
  { rows, origins }: SizeTable,
  line: (bytes: number, depth: number, text: string) => string,
): readonly string[] {
  const children = childRows(rows);
  const below = (row: SizeRow, depth: number): readonly string[] =>
    largest(children.get(row.id) ?? [], mostOfOne).flatMap((each) => {
      if (!('id' in each)) return [line(each.bytes, depth, restText(each.count))];
      const from = each.origin === null ? undefined : origins[each.origin];
      const home = from?.kind === 'file' ? `  ${from.name}` : '';
      return [line(each.bytes, depth, `${sizeRowText(each, row.kind)}${home}`), ...below(each, depth + 1)];
    });
  const [file] = rows;
  return file === undefined ? [] : below(file, 0);
}

/** What is too small to be listed. */
interface Rest {
  readonly bytes: number;
  readonly count: number;
}

/** The largest of some sizes, and the rest of them as one, which is last. */
function largest<T extends { readonly bytes: number; readonly kind: string }>(
  items: readonly T[],
  most: number,
): readonly (T | Rest)[] {
  const sorted = items.filter(({ kind }) => kind !== 'rest').sort((a, b) => b.bytes - a.bytes);
  const shown = sorted.length <= most + 1 ? sorted : sorted.slice(0, most);
  const left = [...sorted.slice(shown.length), ...items.filter(({ kind }) => kind === 'rest')];
  if (left.length === 0) return shown;
  const bytes = left.reduce((sum, each) => sum + each.bytes, 0);
  return [...shown, { bytes, count: left.reduce((sum, each) => sum + countOf(each), 0) }];
}

function countOf(item: { readonly kind: string }): number {
  return item.kind === 'rest' && 'count' in item && typeof item.count === 'number' ? item.count : 1;
}
