import type { SizeItem } from '../messages';
import type { SizesView } from './state';

/** The rows of the table, chosen, searched and sorted. */
export function arrange(
  items: readonly SizeItem[],
  { group, sort, isDown, search }: Pick<SizesView, 'group' | 'sort' | 'isDown' | 'search'>,
): readonly SizeItem[] {
  const wanted = search.trim().toLowerCase();
  const found = items.filter(
    (item) => item.group === group && (wanted === '' || item.label.toLowerCase().includes(wanted)),
  );
  const order = compareBy[sort];
  return found.sort((a, b) => (isDown ? order(b, a) : order(a, b)));
}

type Order = (a: SizeItem, b: SizeItem) => number;

const compareBy: Readonly<Record<SizesView['sort'], Order>> = {
  name: (a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }),
  size: (a, b) => a.bytes - b.bytes,
};

/** A share of the file with one decimal: `12.3 %`. */
export function percent(bytes: number, of: number): string {
  return of === 0 ? '' : `${((bytes / of) * 100).toFixed(1)} %`;
}
