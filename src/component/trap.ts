import type { ImportFault } from './import-fault';

/**
 * The ways in which code of a component traps, as the WebAssembly and component model specifications tell them apart;
 * `import-failed` stands for a host function that fails, `engine-failed` for a fault in jco's own code, `other` for what an engine says in words
 * that are not known.
 */
export const trapKinds = [
  'unreachable',
  'memory-out-of-bounds',
  'table-out-of-bounds',
  'array-out-of-bounds',
  'divide-by-zero',
  'integer-overflow',
  'invalid-conversion',
  'bad-indirect-call',
  'null-reference',
  'bad-cast',
  'unaligned-access',
  'stack-exhausted',
  'uncaught-exception',
  'cannot-enter',
  'never-returns',
  'import-failed',
  'engine-failed',
  'other',
] as const;

export type TrapKind = (typeof trapKinds)[number];

/** Kinds that do not say by themselves what went wrong. */
export type WordyTrapKind = 'engine-failed' | 'other';

/** What made code trap. */
export type Trap =
  | { readonly kind: Exclude<TrapKind, WordyTrapKind | 'import-failed'> }
  | { readonly kind: 'import-failed'; readonly fault: ImportFault }
  /** `words` are those of the engine: foreign text, in no certain language. */
  | { readonly kind: WordyTrapKind; readonly words: string };

/**
 * A trap of a kind; `words` are dropped where the kind says it all.
 * @param fault what is wrong with an import, where that is known
 */
export function trapOf(kind: TrapKind, words: string, fault?: ImportFault | null): Trap {
  if (kind === 'import-failed') return { kind, fault: fault ?? { code: 'told', words } };
  return kind === 'engine-failed' || kind === 'other' ? { kind, words } : { kind };
}
