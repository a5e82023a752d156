import type { EntryPoint } from './entry-point';
import { LineTable } from './position';

/** The only parts of Rust that decide where `main` is: what hides text, what nests it, and the name. */
const parts =
  /\/\/[^\n]*|\/\*|\b[bc]?r(?<hashes>#*)"[^]*?"\k<hashes>|"(?:\\[^]|[^"\\])*"|'(?:\\(?:u\{[^}\n]*\}|x..|[^])|[^\\'\n])'|[{}]|\bfn\s+(?<name>main)\s*(?=[(<])/gu;

/** Finds `fn main` outside of every brace: not in a module, an impl, a macro or another function. */
export function findRustEntryPoints(text: string): readonly EntryPoint[] {
  if (!/\bfn\s+main\b/.test(text)) return [];
  const lines = new LineTable(text);
  const found: EntryPoint[] = [];
  let depth = 0;
  parts.lastIndex = 0;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    if (match[0] === '/*') parts.lastIndex = endOfNestedComment(text, match.index);
    else if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth = Math.max(0, depth - 1);
    else if (match.groups?.name !== undefined && depth === 0) {
      const at = match.index + match[0].indexOf('main');
      found.push({ ...lines.positionAt(at), length: 'main'.length, kind: 'main', name: 'main' });
    }
  }
  return found;
}

/** The offset after a block comment that begins at `start`; Rust's and WIT's nest. */
export function endOfNestedComment(text: string, start: number): number {
  const ends = /\/\*|\*\//g;
  ends.lastIndex = start;
  let depth = 0;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    depth += end[0] === '/*' ? 1 : -1;
    if (depth === 0) return ends.lastIndex;
  }
  return text.length;
}
