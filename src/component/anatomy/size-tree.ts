import type { Origin } from './origin';
import { mostOrigins, type SizeKind, type SizeOrigin, type SizeRow } from './sizes';

/** A row that has, or may get, children. */
export interface Container {
  readonly kind: SizeKind;
  readonly parent: Container | null;
  readonly start: number;
  readonly name: string;
  readonly index: number | null;
  readonly node: string | null;
  bytes: number;
  count: number;
  /** What is in it, and is not shown by itself. */
  restBytes: number;
  restCount: number;
  headBytes: number;
  readonly children: (Container | Leaf)[];
}

/** A row without children. */
export interface Leaf {
  readonly kind: SizeKind;
  readonly parent: Container;
  readonly start: number;
  readonly bytes: number;
  readonly index: number | null;
  /** Its name and the name in the binary, made when it is known to be shown. */
  readonly names: () => { readonly name: string; readonly mangled: string | null };
  readonly origin: number | null;
  count: number;
}

/**
 * Collects the sizes of a file: all containers, the largest leaves, and sums of the others. The bytes of a leaf are added to all that it lies
 * in.
 */
export class SizeTree {
  readonly #largest: Largest;
  readonly #root: Container;

  /** @param mostLeaves how many leaves are shown */
  constructor(root: Container, mostLeaves: number) {
    this.#root = root;
    this.#largest = new Largest(mostLeaves);
  }

  add(leaf: Leaf): void {
    addBytes(leaf.parent, leaf.bytes);
    const out = this.#largest.add(leaf);
    if (out === null) return;
    out.parent.restBytes += out.bytes;
    out.parent.restCount += out.count;
  }

  addHead(container: Container, bytes: number): void {
    container.headBytes += bytes;
    addBytes(container, bytes);
  }

  /** The rows, parents before their children. */
  rows(): readonly SizeRow[] {
    for (const leaf of this.#largest.items) leaf.parent.children.push(leaf);
    const rows: SizeRow[] = [];
    const add = (row: Omit<SizeRow, 'id'>) => rows.push({ id: rows.length, ...row }) - 1;
    const waiting: { item: Container | Leaf; parent: number | null }[] = [{ item: this.#root, parent: null }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { item, parent } = next;
      const { kind, bytes, start, index, count } = item;
      const row = { kind, parent, bytes, start, index, count };
      if ('names' in item) {
        add({ ...row, ...item.names(), node: null, origin: item.origin });
        continue;
      }
      const id = add({ ...row, name: item.name, node: item.node, mangled: null, origin: null });
      addExtras(item, id, add);
      const children = item.children.sort((a, b) => b.start - a.start);
      for (const child of children) waiting.push({ item: child, parent: id });
    }
    return rows;
  }
}

/** Adds the rows for what a container has besides its children. */
function addExtras(
  { start, headBytes, restBytes, restCount }: Container,
  parent: number,
  add: (row: Omit<SizeRow, 'id'>) => void,
): void {
  const extra = { parent, name: '', mangled: null, index: null, node: null, origin: null };
  if (headBytes > 0) add({ ...extra, kind: 'head', bytes: headBytes, start, count: 1 });
  if (restCount > 0) add({ ...extra, kind: 'rest', bytes: restBytes, start: -1, count: restCount });
}

/** Adds bytes to a container and to all that it lies in. */
export function addBytes(container: Container, bytes: number): void {
  for (let each: Container | null = container; each !== null; each = each.parent) each.bytes += bytes;
}

/** Holds the largest of many leaves, in a heap whose root is the smallest of them. */
class Largest {
  readonly items: Leaf[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes a leaf, and returns the one that there is no room for. */
  add(leaf: Leaf): Leaf | null {
    const { items } = this;
    if (items.length < this.#most) {
      items.push(leaf);
      this.#up(items.length - 1);
      return null;
    }
    const [smallest] = items;
    if (smallest === undefined || smallest.bytes >= leaf.bytes) return leaf;
    items[0] = leaf;
    this.#down();
    return smallest;
  }

  #bytes(at: number): number {
    return this.items[at]?.bytes ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const [left, right] = [this.items[a], this.items[b]];
    if (left === undefined || right === undefined) return;
    this.items[a] = right;
    this.items[b] = left;
  }

  #up(from: number): void {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1;
      if (this.#bytes(parent) <= this.#bytes(at)) return;
      this.#swap(parent, at);
      at = parent;
    }
  }

  #down(): void {
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      const child = this.#bytes(left + 1) < this.#bytes(left) ? left + 1 : left;
      if (this.#bytes(child) >= this.#bytes(at)) return;
      this.#swap(at, child);
      at = child;
    }
  }
}

/** Sums of bytes by where they come from. */
export class OriginSums {
  readonly #places = new Map<string, number>();
  readonly #sums: { kind: Origin['kind']; name: string; bytes: number; functions: number }[] = [];

  /** Adds bytes to an origin and returns its place. More origins than `most` are one. */
  add(origin: Origin, bytes: number, functions: number): number {
    const key = `${origin.kind} ${origin.name}`;
    let place = this.#places.get(key);
    if (place === undefined && this.#sums.length >= mostDistinct) return this.add(others, bytes, functions);
    if (place === undefined) {
      place = this.#sums.push({ ...origin, bytes: 0, functions: 0 }) - 1;
      this.#places.set(key, place);
    }
    const sum = this.#sums[place];
    if (sum !== undefined) {
      sum.bytes += bytes;
      sum.functions += functions;
    }
    return place;
  }

  /** The largest origins, and where each place is among them: those that are left out are at the place of `others`. */
  largest(): { readonly origins: readonly SizeOrigin[]; readonly placeOf: (place: number) => number } {
    const order = this.#sums.map((sum, place) => ({ sum, place })).sort((a, b) => b.sum.bytes - a.sum.bytes);
    const shown = order.length <= mostOrigins ? order : order.slice(0, mostOrigins - 1);
    const origins: SizeOrigin[] = shown.map(({ sum }) => sum);
    const left = order.slice(shown.length);
    const places = new Map(shown.map(({ place }, at) => [place, at]));
    if (left.length > 0) {
      const bytes = left.reduce((sum, each) => sum + each.sum.bytes, 0);
      const functions = left.reduce((sum, each) => sum + each.sum.functions, 0);
      origins.push({ ...others, bytes, functions });
    }
    return { origins, placeOf: (place) => places.get(place) ?? origins.length - 1 };
  }
}

const others: Origin = { kind: 'others', name: '' };

/** Origins are told apart up to this number: a hostile file could have millions. */
const mostDistinct = 50_000;
