import type { Span } from '../span';
import type { Cell } from './values';
import { eitherOf, sameValue, truthOf } from './values';

/** The outcome of a condition, with the names that the condition reads. */
export interface Fact {
  readonly outcome: string;
  readonly names: readonly string[];
}

/** A call of run that has happened on this path, or may have. */
export interface RanRecord {
  readonly span: Span;
  /** The calls that led to it, outermost first. */
  readonly frames: readonly Span[];
  /** What was known to hold when it happened, by condition. */
  readonly facts: ReadonlyMap<string, Fact>;
}

/** More calls of run on one instance than this tell nothing new. */
const maxRecords = 12;

/** What holds at one point of the program: variables, instances that may have run, and conditions. */
export class State {
  /** The variables that all states of one way through share. They are never written to. */
  readonly #root: ReadonlyMap<string, Cell>;
  /** Forks share their maps. The first to write copies the map, unless it is the only one that has it. */
  #cells = new Map<string, Cell>();
  #ran = new Map<string, readonly RanRecord[]>();
  #ownsCells = false;
  #ownsRan = false;
  #facts: ReadonlyMap<string, Fact> = new Map();
  /** No path leads here. */
  dead = false;

  constructor(root: ReadonlyMap<string, Cell> = new Map()) {
    this.#root = root;
  }

  /** What is known to hold, by condition. */
  get facts(): ReadonlyMap<string, Fact> {
    return this.#facts;
  }

  /** The variable or field with a key. */
  cell(key: string): Cell | undefined {
    return this.#cells.get(key) ?? this.#root.get(key);
  }

  /** Sets a variable or field. */
  setCell(key: string, cell: Cell): void {
    if (!this.#ownsCells) this.#cells = new Map(this.#cells);
    this.#ownsCells = true;
    this.#cells.set(key, cell);
  }

  /** Forgets variables that nothing can name any more. */
  drop(isGone: (key: string) => boolean): void {
    this.#cells = new Map([...this.#cells].filter(([key]) => !isGone(key)));
    this.#ownsCells = true;
  }

  /** The calls of run on an instance. */
  ran(instance: string): readonly RanRecord[] {
    return this.#ran.get(instance) ?? [];
  }

  /** Adds a call of run. */
  markRan(instance: string, record: RanRecord): void {
    const records = this.ran(instance);
    if (records.length >= maxRecords) return;
    if (!this.#ownsRan) this.#ran = new Map(this.#ran);
    this.#ownsRan = true;
    this.#ran.set(instance, [...records, record]);
  }

  /** Adds what is known to hold from here on. */
  assume(condition: string, outcome: string, names: readonly string[]): void {
    this.#facts = new Map([...this.#facts, [condition, { outcome, names }]]);
  }

  /** Drops conditions that read a name that changes now. */
  forget(name: string): void {
    const kept = [...this.#facts].filter(([, { names }]) => !names.includes(name));
    if (kept.length < this.#facts.size) this.#facts = new Map(kept);
  }

  /** A copy that later changes of this state do not reach, and whose changes do not reach this one. */
  fork(): State {
    const copy = new State(this.#root);
    this.#ownsCells = this.#ownsRan = false;
    copy.#cells = this.#cells;
    copy.#ran = this.#ran;
    copy.#facts = this.#facts;
    copy.dead = this.dead;
    return copy;
  }

  /** A state with these variables, in which nothing has run and nothing is known of conditions. */
  asRoot(): State {
    return new State(new Map([...this.#root, ...this.#cells]));
  }

  /** Continues from whichever of `ends` is reached. */
  join(ends: readonly State[]): void {
    const reached = ends.filter((end) => !end.dead);
    const [first, ...others] = reached;
    this.dead = first === undefined;
    if (first === undefined) return;
    const telling: Telling[] = [];
    const facts = [...first.#facts].filter(([key, { outcome }]) =>
      others.every((end) => end.#facts.get(key)?.outcome === outcome),
    );
    const cells = joinMaps(
      reached.map((end) => end.#cells),
      (key) => joinCells(key, reached, telling),
    );
    this.#ran = joinMaps(
      reached.map((end) => end.#ran),
      (key) => joinRecords(key, reached, telling),
    );
    [this.#cells, this.#facts] = [cells, new Map(facts)];
    this.#ownsCells = this.#ownsRan = false;
  }
}

/** A variable that counts as true on some ways and as false on others: its fact, and how it counts. */
type Telling = readonly [string, readonly (boolean | undefined)[]];

/** One map for several, with a value for each key in one of them. Forks that wrote nothing have the same map. */
function joinMaps<T>(maps: readonly Map<string, T>[], join: (key: string) => T | undefined): Map<string, T> {
  const [first, ...others] = maps;
  if (first !== undefined && others.every((map) => map === first)) return first;
  const joined = new Map<string, T>();
  for (const key of new Set(maps.flatMap((map) => [...map.keys()]))) {
    const value = join(key);
    if (value !== undefined) joined.set(key, value);
  }
  return joined;
}

function joinCells(key: string, ends: readonly State[], telling: Telling[]): Cell | undefined {
  const cells = ends.map((end) => end.cell(key));
  const [first] = cells;
  // Most are the same wherever one comes from.
  if (cells.every((cell) => cell === first)) return first;
  const known = cells.filter((cell) => cell !== undefined);
  if (new Set(known.map(({ value }) => truthOf(value))).size > 1)
    telling.push([valueFact(key), cells.map((cell) => truthOf(cell?.value ?? { type: 'nothing' }))]);
  return known.reduce((a, b) =>
    sameValue(a.value, b.value) ? a : { ...b, value: eitherOf(a.value, b.value) },
  );
}

/** Where only some ways have run, variables tell which was taken: `if (a) { run(); done = true; }`. */
function joinRecords(
  instance: string,
  ends: readonly State[],
  telling: readonly Telling[],
): readonly RanRecord[] {
  const all = ends.map((end) => end.ran(instance));
  const joined = all.flatMap((own, way) => {
    // What was put where nothing was counts as something, whatever it is.
    const truths = telling.map(
      ([fact, outcomes]) => [fact, { outcome: String(outcomes[way] ?? true), names: [] }] as const,
    );
    return own.map((record) => {
      const isCommon = truths.length === 0 || all.every((other) => other.includes(record));
      return isCommon ? record : { ...record, facts: new Map([...record.facts, ...truths]) };
    });
  });
  return [...new Set(joined)].slice(0, maxRecords);
}

/** The name of the fact that a variable's value counts as true or false. */
export function valueFact(key: string): string {
  return `value ${key}`;
}
