import type { Expectation } from './error';
import { WaveFailure } from './error';
import { escapeUnseen } from './escape';

/** A label or keyword as it stands in the text. */
export interface Word {
  /** Without the `%`. */
  readonly label: string;
  /** Written with `%`, so that it is no keyword. */
  readonly escaped: boolean;
  readonly offset: number;
  readonly end: number;
}

const wordPattern = /%?[a-zA-Z][a-zA-Z0-9]*(?:-[a-zA-Z0-9]+)*/y;
const handlePattern = /\$[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*/y;
const excerptPattern = /[%$]?[\w.+-]{1,24}|./suy;

/** Walks over the text of a value or a call: white space, comments, words and single characters. */
export class Scanner {
  readonly text: string;
  /** What is read next. */
  offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Moves to the next character that is neither white space nor in a comment. */
  skipSpace(): void {
    const { text } = this;
    for (;;) {
      const char = text.charCodeAt(this.offset);
      if (char === 0x20 || char === 0x0a || char === 0x09 || char === 0x0d) {
        this.offset += 1;
      } else if (char === 0x2f && text.charCodeAt(this.offset + 1) === 0x2f) {
        const lineEnd = text.indexOf('\n', this.offset);
        this.offset = lineEnd < 0 ? text.length : lineEnd;
      } else {
        return;
      }
    }
  }

  /** Whether the given character comes next, after white space; it is passed over if so. */
  take(char: string): boolean {
    this.skipSpace();
    if (this.text[this.offset] !== char) return false;
    this.offset += 1;
    return true;
  }

  /** Passes over the given character, after white space. */
  expect(char: string, expectation: Expectation = { kind: 'tokens', tokens: [char] }): void {
    if (!this.take(char)) throw this.failure(expectation);
  }

  /** Passes over a word, after white space, if one comes next. */
  takeWord(): Word | null {
    const word = this.peekWord();
    if (word !== null) this.offset = word.end;
    return word;
  }

  /** The word that comes next, after white space; the scanner stays before it. */
  peekWord(): Word | null {
    this.skipSpace();
    wordPattern.lastIndex = this.offset;
    const found = wordPattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    const escaped = found.startsWith('%');
    return {
      label: escaped ? found.slice(1) : found,
      escaped,
      offset: this.offset,
      end: this.offset + found.length,
    };
  }

  /** Passes over the name of a handle, `$1`, after white space, if one comes next. */
  takeHandle(): { readonly name: string; readonly offset: number; readonly end: number } | null {
    this.skipSpace();
    const { offset } = this;
    handlePattern.lastIndex = offset;
    const found = handlePattern.exec(this.text)?.[0];
    if (found === undefined) return null;
    this.offset = offset + found.length;
    return { name: found.slice(1), offset, end: this.offset };
  }

  /** A failure at the next character that is not white space. */
  failure(expected: Expectation): WaveFailure {
    this.skipSpace();
    const { offset, text } = this;
    excerptPattern.lastIndex = offset;
    const written = excerptPattern.exec(text)?.[0] ?? '';
    const found = offset >= text.length ? null : escapeUnseen(written);
    return new WaveFailure(
      { kind: 'expected', expected, found },
      {
        offset,
        end: offset + written.length,
        expected,
        incomplete: offset >= text.length,
      },
    );
  }
}
