import { WaveFailure } from './error';
import type { Scanner } from './scanner';

const plainPattern = /[^"\\\n]*/y;
const surrogatePattern = /[\ud800-\udfff]/;
const loneSurrogatePattern = /\p{Surrogate}/u;
const unicodeEscapePattern = /u\{([0-9a-fA-F]{1,6})\}/y;

const escapes: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['"', '"'],
  ['\\', '\\'],
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
]);

/** Reads a char literal; the scanner stands before the opening quote. */
export function readChar(scanner: Scanner): string {
  const { text, offset: open } = scanner;
  const start = open + 1;
  let value: string;
  let end: number;
  if (text[start] === '\\') {
    ({ value, end } = readEscape(text, start));
  } else {
    value = codePoint(text, start);
    end = start + value.length;
    if (value === "'") throw new WaveFailure({ kind: 'empty-char' }, place(open, end));
    if (value === '' || value === '\n') throw unclosed('char', start);
    checkScalars(value, start);
  }
  if (text[end] !== "'") {
    const close = text.indexOf("'", end);
    const lineEnd = text.indexOf('\n', end);
    if (close < 0 || (lineEnd >= 0 && lineEnd < close)) throw unclosed('char', end);
    throw new WaveFailure({ kind: 'several-chars' }, place(open, close + 1));
  }
  scanner.offset = end + 1;
  return value;
}

/** Reads a string literal of one line or of several; the scanner stands before the opening quote. */
export function readString(scanner: Scanner): string {
  return scanner.text.startsWith('"""', scanner.offset) ? readMultiline(scanner) : readSingleLine(scanner);
}

function readSingleLine(scanner: Scanner): string {
  const { text } = scanner;
  const parts: string[] = [];
  let at = scanner.offset + 1;
  for (;;) {
    plainPattern.lastIndex = at;
    const plain = plainPattern.exec(text)?.[0] ?? '';
    checkScalars(plain, at);
    parts.push(plain);
    at += plain.length;
    if (text[at] === '"') break;
    if (text[at] !== '\\') throw unclosed('string', at);
    const escape = readEscape(text, at);
    parts.push(escape.value);
    at = escape.end;
  }
  scanner.offset = at + 1;
  return parts.join('');
}

function readMultiline(scanner: Scanner): string {
  const { text, offset: open } = scanner;
  const close = text.indexOf('"""', open + 3);
  const firstBreak = /\r?\n/y;
  firstBreak.lastIndex = open + 3;
  const lineBreak = firstBreak.exec(text)?.[0];
  if (lineBreak === undefined && open + 3 < text.length) {
    throw new WaveFailure({ kind: 'no-line-break' }, place(open + 3, open + 4));
  }
  if (close < 0) {
    throw new WaveFailure(
      { kind: 'unclosed-lines' },
      {
        ...place(text.length, text.length),
        incomplete: true,
      },
    );
  }
  const bodyStart = open + 3 + (lineBreak ?? '').length;
  const lastBreak = text.lastIndexOf('\n', close);
  const indent = text.slice(lastBreak + 1, close);
  if (lastBreak < bodyStart - 1 || !/^ *$/.test(indent)) {
    throw new WaveFailure({ kind: 'closing-line' }, place(close, close + 3));
  }
  checkScalars(text.slice(bodyStart, close), bodyStart);
  const lines: string[] = [];
  for (let start = bodyStart; start <= lastBreak;) {
    const end = text.indexOf('\n', start);
    if (!text.startsWith(indent, start)) {
      throw new WaveFailure({ kind: 'indent', spaces: indent.length }, place(start, start + 1));
    }
    const lineStart = start + indent.length;
    lines.push(unescapeLine(text.slice(lineStart, text[end - 1] === '\r' ? end - 1 : end), lineStart));
    start = end + 1;
  }
  scanner.offset = close + 3;
  return lines.join('\n');
}

/** A line of a string of several; `offset` is where it begins. */
function unescapeLine(line: string, offset: number): string {
  let backslash = line.indexOf('\\');
  if (backslash < 0) return line;
  const parts: string[] = [];
  let at = 0;
  while (backslash >= 0) {
    const escape = readEscape(line, backslash, offset);
    parts.push(line.slice(at, backslash), escape.value);
    at = escape.end;
    backslash = line.indexOf('\\', at);
  }
  return parts.join('') + line.slice(at);
}

/** Reads the escape whose backslash is at `offset`; `base` is where `text` begins in the whole. */
function readEscape(
  text: string,
  offset: number,
  base = 0,
): { readonly value: string; readonly end: number } {
  const simple = escapes.get(text.slice(offset + 1, offset + 2));
  if (simple !== undefined) return { value: simple, end: offset + 2 };
  unicodeEscapePattern.lastIndex = offset + 1;
  const unicode = unicodeEscapePattern.exec(text);
  const digits = unicode?.[1];
  if (unicode === null || digits === undefined) {
    throw new WaveFailure({ kind: 'escape' }, place(base + offset, base + offset + 2));
  }
  const end = offset + 1 + unicode[0].length;
  const scalar = Number.parseInt(digits, 16);
  if (scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff)) {
    throw new WaveFailure({ kind: 'not-scalar', code: scalar }, place(base + offset, base + end));
  }
  return { value: String.fromCodePoint(scalar), end };
}

/** Half a surrogate pair cannot be passed to a component. It appears where bytes that are not UTF-8 or UTF-16 were decoded loosely. */
function checkScalars(plain: string, offset: number): void {
  // The first pattern is several times faster and settles nearly all texts.
  if (!surrogatePattern.test(plain)) return;
  const lone = loneSurrogatePattern.exec(plain);
  if (lone === null) return;
  const at = offset + lone.index;
  throw new WaveFailure({ kind: 'half-surrogate', code: lone[0].charCodeAt(0) }, place(at, at + 1));
}

/**
 * The character at an offset; half of a surrogate pair that stands alone; nothing at the end. Not by `codePointAt`: once V8's Maglev (seen in
 * 13.6, of Node 24) has compiled it, it takes the other half of a pair from behind the end of a text that was sliced from a longer one.
 */
function codePoint(text: string, offset: number): string {
  const [first, second] = [text.charCodeAt(offset), text.charCodeAt(offset + 1)];
  const isPair = first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000;
  return text.slice(offset, offset + (isPair ? 2 : 1));
}

function unclosed(what: 'char' | 'string', offset: number): WaveFailure {
  return new WaveFailure({ kind: 'unclosed', what }, place(offset, offset));
}

function place(offset: number, end: number) {
  return { offset, end };
}
