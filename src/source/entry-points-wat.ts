import type { EntryPoint } from './entry-point';
import { LineTable } from './position';

/** What hides text in WAT, what nests it, and an export with its name. */
const parts =
  /;;[^\n]*|\(;|;\)|"(?:\\[^]|[^"\\])*"|\(\s*component\b|\(\s*export\s+(?:\$\S+\s+)?"(?<name>wasi:cli\/run(?:@[\w.+-]+)?)"|[()]/g;

/** Finds `(export "wasi:cli/run@…" …)` of the outermost component in WebAssembly text. */
export function findWatEntryPoints(text: string): readonly EntryPoint[] {
  if (!text.includes('wasi:cli/run')) return [];
  const lines = new LineTable(text);
  const found: EntryPoint[] = [];
  let comment = 0;
  let depth = 0;
  for (const match of text.matchAll(parts)) {
    const [part] = match;
    if (part === '(;') comment += 1;
    else if (part === ';)') comment = Math.max(0, comment - 1);
    else if (comment > 0) continue;
    else if (part.startsWith('(')) {
      const name = match.groups?.name;
      // What an inner component or an imported instance's type exports is not the file's.
      if (name !== undefined && depth === 1)
        found.push(entryPoint(lines, match.index + part.indexOf('"') + 1, name));
      depth += 1;
    } else if (part === ')') depth -= 1;
  }
  return found;
}

function entryPoint(lines: LineTable, offset: number, name: string): EntryPoint {
  return { ...lines.positionAt(offset), length: name.length, kind: 'wat-export', name };
}
