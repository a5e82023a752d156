import { err, ok, type Result } from '../base/result';
import type { Profile } from '../instance/profile';

/** Arguments and environment, written on one line as in a shell: `GREETING=hi first "second one"`. */
export interface CommandLine {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s;

/** A quote without its end. */
export interface UnclosedQuote {
  /** The quote, `"` or `'`. */
  readonly quote: string;
  /** Its column, from 1. */
  readonly column: number;
}

/**
 * Reads a command line. Blanks separate words. "…" allows \" and \\, '…' takes everything as it is, and a
 * backslash outside of quotes takes the next character as it is. Words of the form NAME=value before the
 * first argument are the environment; `--` ends it. Nothing is expanded.
 */
export function parseCommandLine(text: string): Result<CommandLine, UnclosedQuote> {
  const words = splitWords(text);
  if (!words.ok) return words;
  const env: Record<string, string> = {};
  const rest = [...words.value];
  for (let word = rest[0]; word !== undefined; word = rest[0]) {
    const match = word.startsQuoted ? null : assignment.exec(word.text);
    if (match?.[1] === undefined || match[2] === undefined) break;
    env[match[1]] = match[2];
    rest.shift();
  }
  if (rest[0]?.text === '--' && !rest[0].quoted) rest.shift();
  return ok({ env, args: rest.map((word) => word.text) });
}

/** Splits a line into words by the same rules, without an environment. */
export function parseWords(text: string): Result<readonly string[], UnclosedQuote> {
  const words = splitWords(text);
  return words.ok ? ok(words.value.map((word) => word.text)) : words;
}

/** Writes a command line so that {@link parseCommandLine} reads the same. */
export function formatCommandLine({ args, env }: Pick<Profile, 'args' | 'env'>): string {
  const assignments = Object.entries(env).map(
    ([name, value]) => `${name}=${value === '' ? '' : quote(value)}`,
  );
  const first = args[0];
  const marker = first !== undefined && (assignment.test(first) || first === '--') ? ['--'] : [];
  return [...assignments, ...marker, ...args.map(quote)].join(' ');
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly startsQuoted: boolean;
}

function splitWords(text: string): Result<readonly Word[], UnclosedQuote> {
  const words: Word[] = [];
  let i = 0;
  while (i < text.length) {
    if (/\s/.test(text.charAt(i))) {
      i += 1;
      continue;
    }
    const start = i;
    let word = '';
    let quoted = false;
    while (i < text.length && !/\s/.test(text.charAt(i))) {
      const char = text.charAt(i);
      if (char === "'" || char === '"') {
        quoted = true;
        const inside = quotedPart(text, i);
        if (inside === null) return err({ quote: char, column: i + 1 });
        word += inside.text;
        i = inside.end;
      } else if (char === '\\' && i + 1 < text.length) {
        word += text.charAt(i + 1);
        i += 2;
      } else {
        word += char;
        i += 1;
      }
    }
    words.push({
      text: word,
      quoted,
      startsQuoted: text.charAt(start) === "'" || text.charAt(start) === '"',
    });
  }
  return ok(words);
}

function quotedPart(text: string, start: number): { text: string; end: number } | null {
  const quoteMark = text.charAt(start);
  let inside = '';
  for (let i = start + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === quoteMark) return { text: inside, end: i + 1 };
    const following = text.charAt(i + 1);
    if (quoteMark === '"' && char === '\\' && (following === '"' || following === '\\')) {
      inside += following;
      i += 1;
    } else inside += char;
  }
  return null;
}

function quote(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return word.includes("'") ? `"${word.replace(/["\\]/g, '\\$&')}"` : `'${word}'`;
}
