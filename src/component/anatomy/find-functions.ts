import { demangle } from '../demangle';
import { FunctionNames } from './function-names';
import { scanFunctions } from './scan-functions';
import { partsIn } from './scan-sections';
import { shortText } from './short-text';

/** A function that was searched for. */
export interface FoundFunction {
  /** `CoreModule.number` of its module. */
  readonly module: number;
  readonly index: number;
  /** Demangled and cleaned; empty for a function without a name. */
  readonly name: string;
  /** Offset of its body in the file, and its size in bytes. */
  readonly start: number;
  readonly bytes: number;
}

export interface FoundFunctions {
  /** The largest first. */
  readonly found: readonly FoundFunction[];
  /** How many functions match, those that are not in `found` included. */
  readonly total: number;
}

/**
 * Finds the functions of a file whose name, mangled or not, contains `text` in upper or lower case, or whose index it is. Empty text finds
 * all. Never throws.
 * @param only the number of the core module to search; null for all
 */
export function findFunctions(
  bytes: Uint8Array,
  text: string,
  limit: number,
  only: number | null = null,
): FoundFunctions {
  const modules = partsIn(bytes).filter(({ kind }) => kind === 'module');
  const wanted = text.toLowerCase();
  const found: FoundFunction[] = [];
  let total = 0;
  for (const [module, part] of modules.entries()) {
    if (only !== null && module !== only) continue;
    const { imported, count, starts, ends } = scanFunctions(bytes, part);
    const names = new FunctionNames(bytes, part, imported + count);
    for (let body = 0; body < count; body++) {
      const index = imported + body;
      const raw = names.at(index) ?? '';
      if (!matches(raw, index, wanted)) continue;
      total += 1;
      const start = starts[body] ?? 0;
      found.push({ module, index, name: raw, start, bytes: (ends[body] ?? 0) - start });
      if (found.length > mostWaiting + limit) keepLargest(found, limit);
    }
  }
  keepLargest(found, limit);
  return { found: found.map((each) => ({ ...each, name: shortText(demangle(each.name)) })), total };
}

/** How many functions are collected before the small ones are left out. */
const mostWaiting = 10_000;

function matches(raw: string, index: number, wanted: string): boolean {
  if (wanted === '' || String(index) === wanted || raw.toLowerCase().includes(wanted)) return true;
  return raw.startsWith('_') && demangle(raw).toLowerCase().includes(wanted);
}

function keepLargest(found: FoundFunction[], limit: number): void {
  found.sort((a, b) => b.bytes - a.bytes);
  found.length = Math.min(found.length, limit);
}
