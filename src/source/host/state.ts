import type { Span } from '../span';
import type { Cell, Value } from './values';
import { eitherOf, sameValue, truthOf } from './values';

/** A call of run that has happened on this path, or may have. */
export interface RanRecord {
  readonly span: Span;
  /** The calls that led to it, outermost first. */
  readonly frames: readonly Span[];
  /** What was known to hold when it happened. */
  readonly facts: ReadonlyMap<string, string>;
}

/** What a state has written above another. */
interface Layer {
  readonly cells: Map<string, Cell>;
  readonly ran: Map<string, readonly RanRecord[]>;
}

/** More calls of run on one instance than this tell nothing new. */
const maxRecords = 12;

/**
 * What holds at one point of the program: the variables, which instances may have run, and which conditions were taken. A fork writes into a layer
 * of its own, so that a branch costs what it changes.
 */
export class State {
  #parent: State | undefined;
  /** What all states of one way through have in common: it is never written to, so copies share it. */
  #root: State;
  #cells = new Map<string, Cell>();
  #ran = new Map<string, readonly RanRecord[]>();
  #facts: ReadonlyMap<string, string>;
  /** No path leads here. */
  dead = false;

  /** A root where nothing is known, or a layer above `parent`. */
  constructor(parent?: State) {
    this.#parent = parent;
    this.#root = parent === undefined ? this : parent.#root;
    this.#facts = parent?.facts ?? new Map();
  }

  get facts(): ReadonlyMap<string, string> {
    return this.#facts;
  }

  fork(): State {
    return new State(this);
  }

  cell(key: string): Cell | undefined {
    return this.#cells.get(key) ?? this.#parent?.cell(key);
  }

  setCell(key: string, cell: Cell): void {
    this.#cells.set(key, cell);
  }

  /** Forgets what was written here of variables that nothing can name any more. */
  drop(isGone: (key: string) => boolean): void {
    for (const key of this.#cells.keys()) if (isGone(key)) this.#cells.delete(key);
  }

  ran(instance: string): readonly RanRecord[] {
    return this.#ran.get(instance) ?? this.#parent?.ran(instance) ?? [];
  }

  markRan(instance: string, record: RanRecord): void {
    const records = this.ran(instance);
    if (records.length < maxRecords) this.#ran.set(instance, [...records, record]);
  }

  /** Adds what is known to hold from here on. */
  assume(condition: string, outcome: string): void {
    this.#facts = new Map([...this.#facts, [condition, outcome]]);
  }

  /** Drops conditions that read a name that changes now. */
  forget(isAbout: (condition: string) => boolean): void {
    if (this.#facts.size === 0) return;
    const kept = [...this.#facts].filter(([condition]) => !isAbout(condition));
    if (kept.length < this.#facts.size) this.#facts = new Map(kept);
  }

  /** A copy that later changes of this state and its parents do not reach. */
  snapshot(): State {
    const copy = new State(this.#root);
    const { cells, ran } = this.#flatten(this.#root);
    copy.#cells = cells;
    copy.#ran = ran;
    copy.#facts = this.#facts;
    copy.dead = this.dead;
    return copy;
  }

  /** A root with the variables of this state, in which nothing has run on any instance and nothing is known of conditions. */
  asRoot(): State {
    const root = new State(this.#root);
    root.#root = root;
    root.#cells = this.#flatten(this.#root).cells;
    root.#facts = new Map();
    return root;
  }

  /** Goes on from whichever of `forks` of this state is reached. */
  join(forks: readonly State[]): void {
    const reached = forks.filter((end) => !end.dead);
    const layers = reached.map((end) => end.#flatten(this));
    const [first, ...others] = reached.map(({ facts }) => facts);
    this.dead = first === undefined;
    const telling: string[] = [];
    // What this state held before the first cell is written.
    const before = new Map<string, Cell | undefined>();
    const [some, ...more] = layers.map(({ cells }) => cells);
    for (const cells of layers.map((layer) => layer.cells)) {
      for (const [key, cell] of cells) {
        if (cells !== some && some?.has(key) === true) continue;
        // Most are the same wherever one comes from.
        if (cells === some && more.every((other) => other.get(key) === cell)) this.#cells.set(key, cell);
        else if (!before.has(key)) this.#joinCell(key, layers, before, telling);
      }
    }
    for (const key of new Set(layers.flatMap(({ ran }) => [...ran.keys()]))) {
      const records = layers.map((end) => end.ran.get(key) ?? this.ran(key));
      const inAll = (record: RanRecord) => records.every((other) => other.includes(record));
      const joined = records.flatMap((own, index) => {
        const truths = telling.map(
          (name) =>
            [
              valueFact(name),
              truthOf((layers[index]?.cells.get(name) ?? before.get(name))?.value ?? nothing),
            ] as const,
        );
        return own.map((record) => (inAll(record) ? record : withTruths(record, truths)));
      });
      this.#ran.set(key, [...new Set(joined)].slice(0, maxRecords));
    }
    if (first !== undefined) {
      this.#facts = new Map(
        [...first].filter(([key, value]) => others.every((facts) => facts.get(key) === value)),
      );
    }
  }

  #joinCell(
    key: string,
    layers: readonly Layer[],
    before: Map<string, Cell | undefined>,
    telling: string[],
  ): void {
    const own = this.cell(key);
    before.set(key, own);
    const cells = layers.map((end) => end.cells.get(key) ?? own).filter((cell) => cell !== undefined);
    if (new Set(cells.map(({ value }) => truthOf(value))).size > 1) telling.push(key);
    this.#cells.set(key, cells.reduce(joinCells));
  }

  /** Goes on from whichever of `snapshots` is reached, whatever this state was. */
  become(snapshots: readonly State[]): void {
    const fresh = new State(this.#root);
    fresh.join(snapshots);
    if (!fresh.dead) {
      this.#parent = this.#root;
      this.#cells = fresh.#cells;
      this.#ran = fresh.#ran;
      this.#facts = fresh.#facts;
    }
    this.dead = fresh.dead;
  }

  /** What this state and its parents below `base` have written. */
  #flatten(base: State): Layer {
    if (this === base || this.#root === this || this.#parent === undefined) {
      return { cells: new Map(), ran: new Map() };
    }
    const { cells, ran } = this.#parent.#flatten(base);
    for (const [key, cell] of this.#cells) cells.set(key, cell);
    for (const [key, records] of this.#ran) ran.set(key, records);
    return { cells, ran };
  }
}

function joinCells(a: Cell, b: Cell): Cell {
  return sameValue(a.value, b.value) ? a : { ...b, value: eitherOf(a.value, b.value) };
}

const nothing: Value = { type: 'nothing' };

/** The name of the fact that a variable's value counts as true or false. */
export function valueFact(key: string): string {
  return `value ${key}`;
}

/** Where only some of the ways have run, the variables that differ between the ways tell which one was taken: `if (a) { run(); done = true; }`. */
function withTruths(
  record: RanRecord,
  truths: readonly (readonly [string, boolean | undefined])[],
): RanRecord {
  // What was put where nothing was counts as something, whatever it is.
  const known = truths.map(([fact, truth]) => [fact, String(truth ?? true)] as const);
  return known.length === 0 ? record : { ...record, facts: new Map([...record.facts, ...known]) };
}
