import type { EntryPoint } from './entry-point';
import { endOfNestedComment } from './entry-points-rust';
import { LineTable } from './position';

/** What hides text, what nests it, and the two items of a world that make its components commands. */
const parts =
  /\/\/[^\n]*|\/\*|[{}]|(?<![\w%-])world\s+%?(?<world>[\w-]+)|(?<![\w%-])(?:export\s+(?=[^/]*\/\s*run)|include\s+(?=[^/]*\/\s*command))(?<name>wasi\s*:\s*cli\s*\/\s*(?:run|command)(?![\w-])(?:\s*@\s*[\w.+-]*\w)?)/g;

/** Finds `export wasi:cli/run@…` and `include wasi:cli/command@…` in the worlds of WIT text. */
export function findWitEntryPoints(text: string): readonly EntryPoint[] {
  if (!/\bwasi\s*:\s*cli\s*\/\s*(?:run|command)\b/.test(text)) return [];
  const lines = new LineTable(text);
  const found: EntryPoint[] = [];
  let depth = 0;
  let world = '';
  parts.lastIndex = 0;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    if (match[0] === '/*') parts.lastIndex = endOfNestedComment(text, match.index);
    else if (match[0] === '{') depth += 1;
    else if (match[0] === '}') depth -= 1;
    else if (match.groups?.world !== undefined) world = match.groups.world;
    else if (match.groups?.name !== undefined && depth > 0) {
      const kind = match[0].startsWith('export') ? 'wit-export' : 'wit-include';
      const name = match.groups.name;
      const at = match.index + match[0].length - name.length;
      // A name written over several lines is marked on its first.
      const length = name.split(/[\r\n]/, 1).join('').length;
      found.push({ ...lines.positionAt(at), length, kind, name: name.replace(/\s+/g, ''), world });
    }
  }
  return found;
}
