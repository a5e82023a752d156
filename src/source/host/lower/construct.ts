/**
 * What all languages have, and how the tree of one of them spells it: the names of the fields that hold the parts. The types of nodes that
 * are in no such table are lowered by the language itself, or count for their operands only.
 */
export type Construct =
  /** `a.b` */
  | { readonly is: 'member'; readonly object: string; readonly key: string }
  /** `a[b]`; without fields it is the first two operands. */
  | { readonly is: 'subscript'; readonly object?: string; readonly index?: string }
  /** `a(b)` */
  | { readonly is: 'call'; readonly callee: string }
  /** `a = b` */
  | { readonly is: 'assignment'; readonly target: string; readonly value: string }
  /** As a statement or as an expression. */
  | {
      readonly is: 'if';
      readonly condition: string;
      readonly then: string;
      readonly otherwise: string;
    }
  /** `a && b`, with the fields `left`, `operator` and `right`. */
  | { readonly is: 'operator' }
  | { readonly is: 'leave'; readonly how: 'return' | 'break' | 'continue' | 'throw' }
  | { readonly is: 'block'; readonly body?: string }
  /** `declares` if its name can be used around it. */
  | { readonly is: 'function'; readonly declares: boolean }
  | { readonly is: 'class' }
  /** Stands for what a field holds, or else for its first operand. */
  | { readonly is: 'wrapper'; readonly field?: string }
  /** Control goes other ways in it: a loop, a choice, a `try`. The language lowers it itself. */
  | { readonly is: 'control' };

/** What takes a value: `{ is: 'inner' }` has the field that does, or else its first operand does. */
export type Pattern =
  | { readonly is: 'name'; readonly more?: { readonly shorthand: true } }
  | { readonly is: 'items' }
  | { readonly is: 'inner'; readonly field?: string };

/** The tables of one language, by the types of nodes, and what its tests look like. */
export interface LanguageTables {
  readonly constructs: ReadonlyMap<string, Construct>;
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** The keyword that declares functions and classes, as far as it says where their name goes. */
  readonly declares: 'const' | 'var';
  /** The callee of a call that passes only if what it is given fails. */
  readonly expectsFailure: RegExp | undefined;
  /** The last statement of a `try` that says that the ones before should have failed. */
  readonly shouldHaveFailed: RegExp | undefined;
}

/** Tables as they are written down, made for looking up. */
export function languageTables({
  constructs,
  patterns,
  declares,
  expectsFailure,
  shouldHaveFailed,
}: {
  readonly constructs: Readonly<Record<string, Construct>>;
  readonly patterns: Readonly<Record<string, Pattern>>;
  readonly declares: 'const' | 'var';
  readonly expectsFailure?: RegExp;
  readonly shouldHaveFailed?: RegExp;
}): LanguageTables {
  return {
    constructs: new Map(Object.entries(constructs)),
    patterns: new Map(Object.entries(patterns)),
    declares,
    expectsFailure,
    shouldHaveFailed,
  };
}
