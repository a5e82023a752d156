import type { Evidence } from './evidence';

/** What a repeated call on the same instance would do. */
export type Repeat = 'traps' | 'likely-traps' | 'reruns' | 'unknown' | 'no-run';

/** What a verdict rests on, the strongest first. */
export type Basis = 'observed' | 'probe' | 'static' | 'none';

/** Whether one instance of a component may be called again, and why we say so. Kept by content hash. */
export interface Verdict {
  readonly repeat: Repeat;
  readonly basis: Basis;
  /**
   * One short clause that can follow "Running hello.wasm again on instance #1 would trap: " or stand alone, e.g.
   * "its `_start` may run once per instance (guard at 0x2f1, main.c:3)".
   */
  readonly reason: string;
  /** The row in a tree or a lens, e.g. "runs once per instance · guard in _start". */
  readonly headline: string;
  /** Things to know that do not change the verdict, e.g. "memory grows by 1 page per call". */
  readonly notes: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** Whether a host should warn before a repeated call. */
export function wouldTrap(verdict: Verdict): boolean {
  return verdict.repeat === 'traps' || verdict.repeat === 'likely-traps';
}
