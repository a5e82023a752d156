import { findCEntryPoints } from './entry-points-c';
import type { EntryPoint } from './entry-point';
import { findRustEntryPoints } from './entry-points-rust';
import { findWatEntryPoints } from './entry-points-wat';
import { findWitEntryPoints } from './entry-points-wit';

/**
 * Finds the entry points of a guest in C, C++, Rust (`main`), WIT or WAT text, in order; none for any other
 * language id. Comments, strings and declarations without a body do not count. Text that does not mention an
 * entry point is not scanned.
 */
export function findEntryPoints(languageId: string, text: string): readonly EntryPoint[] {
  switch (languageId) {
    case 'c':
    case 'cpp':
      return findCEntryPoints(text);
    case 'rust':
      return findRustEntryPoints(text);
    case 'wit':
      return findWitEntryPoints(text);
    case 'wat':
      return findWatEntryPoints(text);
    default:
      return [];
  }
}
