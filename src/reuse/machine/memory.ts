import type { Limits } from '../../component/core-types';

const PAGE_BITS = 12;
const PAGE_SIZE = 1 << PAGE_BITS;
const WASM_PAGE = 65_536;
/** Pages of 4 KiB that one analysis may touch: 32 MiB. */
const MAX_TOUCHED = 8192;

interface Page {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The epoch in which it was made: an older page belongs to a snapshot too, and is copied before it is written. */
  readonly epoch: number;
}

/** Initial content: a range of the file that lies at an address. */
interface Segment {
  readonly address: number;
  readonly file: Uint8Array;
  readonly start: number;
  readonly length: number;
}

/** A state that a memory can be brought back to. */
export interface MemorySnapshot {
  readonly pages: ReadonlyMap<number, Page>;
  readonly sizePages: number;
}

/** Thrown when code touches more memory than an analysis may; the machine turns it into a stop. */
export class MemoryBudgetError extends Error {}

/**
 * A linear memory of which only the touched parts exist. Data segments are looked into when a part is first touched,
 * so that a module of many megabytes costs nothing until then. Addresses must be checked with `has` before use.
 */
export class LinearMemory {
  /** Size in pages of 64 KiB. */
  sizePages: number;
  readonly maxPages: number;
  #pages = new Map<number, Page>();
  /** Segments by the WebAssembly page that they lie in, in the order in which they are placed. */
  readonly #segments = new Map<number, Segment[]>();
  #epoch = 0;
  #recentIndex = -1;
  #recent: Page | null = null;

  constructor(limits: Limits) {
    this.sizePages = limits.min;
    this.maxPages = Math.min(limits.max ?? WASM_PAGE, WASM_PAGE);
  }

  get sizeBytes(): number {
    return this.sizePages * WASM_PAGE;
  }

  /** Whether `length` bytes from `address` lie inside. */
  has(address: number, length: number): boolean {
    return address >= 0 && address + length <= this.sizeBytes;
  }

  /** Grows by `pages`. Gives the former size, or -1 if it cannot grow so far. */
  grow(pages: number): number {
    const before = this.sizePages;
    if (before + pages > this.maxPages) return -1;
    this.sizePages += pages;
    return before;
  }

  /** Places bytes of the file at an address, without copying them yet. */
  place(address: number, file: Uint8Array, start: number, length: number): void {
    const segment = { address, file, start, length };
    const last = Math.floor((address + length - 1) / WASM_PAGE);
    for (let page = Math.floor(address / WASM_PAGE); page <= last; page++) {
      const others = this.#segments.get(page);
      if (others === undefined) this.#segments.set(page, [segment]);
      else others.push(segment);
    }
    for (const index of this.#pages.keys()) {
      if (overlaps(segment, index)) fill(this.#writable(index), index, segment);
    }
  }

  byte(address: number): number {
    return this.#page(address >>> PAGE_BITS).bytes[address & (PAGE_SIZE - 1)] ?? 0;
  }

  setByte(address: number, value: number): void {
    this.#writable(address >>> PAGE_BITS).bytes[address & (PAGE_SIZE - 1)] = value;
  }

  /** A number of 1, 2 or 4 bytes, unsigned. */
  load(address: number, size: number): number {
    const at = address & (PAGE_SIZE - 1);
    if (at + size > PAGE_SIZE) return this.#loadAcross(address, size);
    const { view } = this.#page(address >>> PAGE_BITS);
    if (size === 4) return view.getUint32(at, true);
    return size === 1 ? view.getUint8(at) : view.getUint16(at, true);
  }

  /** Stores the low 1, 2 or 4 bytes of a number. */
  store(address: number, size: number, value: number): void {
    const at = address & (PAGE_SIZE - 1);
    if (at + size > PAGE_SIZE) {
      for (let index = 0; index < size; index++)
        this.setByte(address + index, (value >>> (8 * index)) & 0xff);
      return;
    }
    const { view } = this.#writable(address >>> PAGE_BITS);
    if (size === 4) view.setUint32(at, value >>> 0, true);
    else if (size === 1) view.setUint8(at, value & 0xff);
    else view.setUint16(at, value & 0xffff, true);
  }

  snapshot(): MemorySnapshot {
    this.#epoch += 1;
    this.#recentIndex = -1;
    return { pages: new Map(this.#pages), sizePages: this.sizePages };
  }

  restore(snapshot: MemorySnapshot): void {
    this.#epoch += 1;
    this.#recentIndex = -1;
    this.#pages = new Map(snapshot.pages);
    this.sizePages = snapshot.sizePages;
  }

  /** A byte as a snapshot has it. */
  byteIn(snapshot: MemorySnapshot, address: number): number {
    const index = address >>> PAGE_BITS;
    const page = snapshot.pages.get(index);
    return (page ?? this.#initialPage(index)).bytes[address & (PAGE_SIZE - 1)] ?? 0;
  }

  #loadAcross(address: number, size: number): number {
    let value = 0;
    for (let index = size - 1; index >= 0; index--) value = value * 256 + this.byte(address + index);
    return value;
  }

  #page(index: number): Page {
    if (index === this.#recentIndex && this.#recent !== null) return this.#recent;
    let page = this.#pages.get(index);
    if (page === undefined) {
      if (this.#pages.size >= MAX_TOUCHED) throw new MemoryBudgetError();
      page = this.#initialPage(index);
      this.#pages.set(index, page);
    }
    this.#recentIndex = index;
    this.#recent = page;
    return page;
  }

  #writable(index: number): Page {
    const page = this.#page(index);
    if (page.epoch === this.#epoch) return page;
    const copy = makePage(page.bytes.slice(), this.#epoch);
    this.#pages.set(index, copy);
    this.#recentIndex = index;
    this.#recent = copy;
    return copy;
  }

  #initialPage(index: number): Page {
    const page = makePage(new Uint8Array(PAGE_SIZE), this.#epoch);
    for (const segment of this.#segments.get(Math.floor((index * PAGE_SIZE) / WASM_PAGE)) ?? []) {
      if (overlaps(segment, index)) fill(page, index, segment);
    }
    return page;
  }
}

function makePage(bytes: Uint8Array, epoch: number): Page {
  return { bytes, view: new DataView(bytes.buffer), epoch };
}

function overlaps({ address, length }: Segment, index: number): boolean {
  const start = index * PAGE_SIZE;
  return address < start + PAGE_SIZE && address + length > start;
}

function fill(page: Page, index: number, { address, file, start, length }: Segment): void {
  const pageStart = index * PAGE_SIZE;
  const from = Math.max(address, pageStart);
  const to = Math.min(address + length, pageStart + PAGE_SIZE);
  const begin = start + (from - address);
  page.bytes.set(file.subarray(begin, begin + (to - from)), from - pageStart);
}
