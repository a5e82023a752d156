/** What kind of text makes the entry point. */
export type EntryPointKind = 'main' | 'exported-run' | 'wit-export' | 'wit-include' | 'wat-export';

/** Where a guest's `run` begins in its source. Positions are 0-based, in UTF-16 code units. */
export interface EntryPoint {
  readonly line: number;
  readonly character: number;
  /** Length of the name in UTF-16 code units; it never spans lines. */
  readonly length: number;
  readonly kind: EntryPointKind;
  /** What the text calls it: `main`, `wasi:cli/run@0.2.3`. */
  readonly name: string;
  /** In WIT, its world. */
  readonly world?: string;
}
