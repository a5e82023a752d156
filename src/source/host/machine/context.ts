import type { Code } from '../code';
import type { Semantics } from '../semantics';
import type { State } from '../state';
import type { Value } from '../values';
import type { Roots } from './roots';
import type { Frames } from './frames';
import type { Runs } from './findings';
import type { Scopes } from './scopes';

/** What the parts of the machine share while it walks through a program. */
export interface Walk {
  readonly semantics: Semantics;
  readonly scopes: Scopes;
  readonly frames: Frames;
  readonly runs: Runs;
  readonly roots: Roots;
  /** For each suite of tests around, outermost first, what is called before each test. */
  readonly suites: Value[][];
  /** How often all modules were thrown away, to be loaded anew. */
  modulesEpoch: number;
  /** Does what code does, and gives its value. */
  evaluate(code: Code | undefined, state: State): Value;
}
