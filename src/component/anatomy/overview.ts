import type { Damage } from '../damage';
import type { DecodeProblem } from '../decode-error';
import type { FileFacts } from './facts';
import type { Structure } from './structure';

/** What is read of a file at once, in much less time than its sizes: 70 MB take some tenths of a second. */
export interface Overview {
  readonly fileBytes: number;
  /** Null for a file whose definitions cannot be read; `problem` says why. */
  readonly structure: Structure | null;
  readonly facts: FileFacts;
  readonly problem: DecodeProblem | null;
  /** What can be read of a file with a problem, and where that ends; null for one without. */
  readonly damage: Damage | null;
}
