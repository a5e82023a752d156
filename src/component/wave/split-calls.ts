/** A call as it stands in a document of calls. */
export interface CallText {
  readonly text: string;
  /** Where it begins in the document, in UTF-16 code units. */
  readonly offset: number;
}

const tokenPattern = /\/\/.*|"""|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[([{,)\]}]/g;
const blankPattern = /^\s*(?:\/\/.*)?$/;

/**
 * Follows a call line by line and tells where it ends: at the end of the line on which its last bracket or multi-line string is closed.
 * It looks at brackets and quotes only, so that a mistake inside of a call does not move the ends of others.
 */
export class CallExtent {
  #depth = 0;
  #inString = false;

  /** Whether the call continues on the next line. */
  get isOpen(): boolean {
    return this.#inString || this.#depth > 0;
  }

  /** Takes the next line, without its line break. */
  add(line: string): void {
    let from = 0;
    if (this.#inString) {
      const close = line.indexOf('"""');
      if (close < 0) return;
      this.#inString = false;
      from = close + 3;
    }
    for (const { token } of tokensOf(line.slice(from))) {
      if (token === '"""') {
        // Nothing but a line break may follow, so the rest of this line is of the string.
        this.#inString = true;
        return;
      }
      this.#depth = Math.max(0, this.#depth + step(token));
    }
  }
}

/** The calls of a document, in their order. What stands between them is white space and comments. */
export function splitCalls(document: string): readonly CallText[] {
  const calls: CallText[] = [];
  let begun: { readonly offset: number; readonly extent: CallExtent } | null = null;
  let lineStart = 0;
  for (const line of document.split('\n')) {
    const lineEnd = lineStart + line.length;
    if (begun === null && !isBlank(line)) {
      begun = { offset: lineStart + line.search(/\S/), extent: new CallExtent() };
    }
    begun?.extent.add(line);
    if (begun !== null && !(begun.extent.isOpen && lineEnd < document.length)) {
      const text = document.slice(begun.offset, lineEnd);
      // In one that is still being written, the place behind the last space belongs to it too.
      calls.push({ text: begun.extent.isOpen ? text : text.trimEnd(), offset: begun.offset });
      begun = null;
    }
    lineStart = lineEnd + 1;
  }
  return calls;
}

/** Whether a line between calls is empty or a comment. */
export function isBlank(line: string): boolean {
  return blankPattern.test(line);
}

/** Which argument of a call the end of this text is in, from 0; null before its first parenthesis and behind its last. */
export function argumentAt(textBefore: string): number | null {
  let depth = 0;
  let commas = 0;
  for (const { token } of tokensOf(textBefore.replace(/"""[^]*?(?:"""|$)/g, ''))) {
    depth += step(token);
    if (token === ',' && depth === 1) commas += 1;
  }
  return depth > 0 ? commas : null;
}

/** A bracket, a comma, a literal or a comment, and where it begins. */
export interface Token {
  readonly token: string;
  readonly offset: number;
}

/** What gives a text its shape. Words and numbers between are left out. */
export function* tokensOf(text: string): Generator<Token> {
  for (const { 0: token, index } of text.matchAll(tokenPattern)) yield { token, offset: index };
}

function step(token: string): number {
  if (token === '(' || token === '[' || token === '{') return 1;
  return token === ')' || token === ']' || token === '}' ? -1 : 0;
}
