import type { EntryPoint } from './entry-point';
import { LineTable } from './position';

const exportedRun = String.raw`exports_wasi_cli\w*_run_run`;

/**
 * The only parts of C and C++ that decide where an entry point is: what hides text, what nests it, and the
 * names.
 */
const parts = new RegExp(
  [
    String.raw`\/\/(?:\\\r?\n|[^\n])*`,
    String.raw`\/\*[^]*?(?:\*\/|$(?![^]))`,
    String.raw`R"(?<delimiter>[^\s()\\]*)\([^]*?\)\k<delimiter>"`,
    String.raw`extern\s*"C(?:\+\+)?"\s*\{`,
    String.raw`\bexport_name\s*\(\s*"(?<exported>wasi:cli/run(?:@[\w.+-]+)?)#run"`,
    String.raw`"(?:\\[^]|[^"\\\n])*"`,
    // Not the digit separator of C++ (1'000'000).
    String.raw`(?<!\b\d[\w']*)'(?:\\[^]|[^'\\\n])*'`,
    String.raw`^[ \t]*#[ \t]*(?<directive>\w*)(?:\\\r?\n|\/(?![*/])|[^\n/\\]|\\(?!\r?\n))*`,
    '[{}]',
    String.raw`(?<![\w.:>])(?<name>main|${exportedRun})(?=\s*\()`,
  ].join('|'),
  'gm',
);

const cheapTest = new RegExp(String.raw`\bmain\b|\b${exportedRun}\b|wasi:cli/run`);

/**
 * Finds definitions of `main`, of the `run` of wit-bindgen's C bindings, and attributes that export a
 * function as `wasi:cli/run@…#run`, outside of every brace but those of `extern "C"`.
 */
export function findCEntryPoints(text: string): readonly EntryPoint[] {
  if (!cheapTest.test(text)) return [];
  const lines = new LineTable(text);
  const found: EntryPoint[] = [];
  let depth = 0;
  const linkageDepths: number[] = [];
  const conditions: { readonly depth: number; readonly off: boolean }[] = [];
  for (const match of text.matchAll(parts)) {
    const { directive, name, exported } = match.groups ?? {};
    if (directive !== undefined) {
      const outer = conditions.at(-1);
      if (directive.startsWith('if')) {
        conditions.push({ depth, off: outer?.off === true || /#\s*if\s+0\b/.test(match[0]) });
      } else if (outer !== undefined && directive.startsWith('el')) {
        // Each branch begins as deep as the first one: `#ifdef A  int f() {  #else  int f(int a) {  #endif`.
        depth = outer.depth;
        conditions[conditions.length - 1] = { depth: outer.depth, off: conditions.at(-2)?.off === true };
      } else if (directive === 'endif') conditions.pop();
    } else if (conditions.at(-1)?.off === true) {
      continue;
    } else if (match[0].startsWith('extern')) linkageDepths.push(depth);
    else if (match[0] === '{') depth += 1;
    else if (match[0] === '}') {
      if (linkageDepths.at(-1) === depth) linkageDepths.pop();
      else depth = Math.max(0, depth - 1);
    } else if (exported !== undefined) {
      const offset = match.index + match[0].indexOf('"') + 1;
      if (depth === 0)
        found.push({
          ...lines.positionAt(offset),
          length: exported.length,
          kind: 'exported-run',
          name: exported,
        });
    } else if (name !== undefined && depth === 0 && isDefinition(text, match.index + name.length)) {
      const kind = name === 'main' ? 'main' : 'exported-run';
      found.push({ ...lines.positionAt(match.index), length: name.length, kind, name });
    }
  }
  return found;
}

/**
 * Whether the parameter list that begins after `offset` is followed by a body (old-style parameter
 * declarations may stand between).
 */
function isDefinition(text: string, offset: number): boolean {
  const signature = /\/\/[^\n]*|\/\*[^]*?\*\/|[(){};=]/g;
  signature.lastIndex = offset;
  let nesting = 0;
  let closed = false;
  for (let part = signature.exec(text); part !== null; part = signature.exec(text)) {
    if (part[0] === '(') nesting += 1;
    else if (part[0] === ')') {
      nesting -= 1;
      closed ||= nesting === 0;
    } else if (part[0] === '{') return closed && nesting === 0;
    else if (part[0] === ';' || part[0] === '=' || part[0] === '}')
      return isOldStyle(text, offset, part.index);
  }
  return false;
}

/**
 * `main(argc, argv) int argc; char **argv; {`: between the parameters and the body there are only
 * declarations.
 */
function isOldStyle(text: string, offset: number, end: number): boolean {
  const rest = text.slice(offset, end + 2000);
  return /^\s*\(\s*\w+(?:\s*,\s*\w+)*\s*\)\s*(?:[\w\s*[\],]+;\s*)+\{/.test(rest);
}
