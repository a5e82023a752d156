/** What a key press comes to. */
export type Typed =
  /** Text to show at the cursor. */
  | { readonly type: 'echo'; readonly text: string }
  /** Bytes for the guest's standard input. */
  | { readonly type: 'input'; readonly text: string }
  /** Ctrl+D: the input ends. */
  | { readonly type: 'end' }
  /** Ctrl+C: the guest is to stop. */
  | { readonly type: 'interrupt' };

/**
 * Makes lines of what is typed, as a terminal driver does in canonical mode: echo, Backspace, Ctrl+U (line), Ctrl+W (word),
 * Ctrl+D (end of input on an empty line, else what is typed so far is sent), Ctrl+C. Pasted text may hold many lines.
 */
export class LineDiscipline {
  #line = '';
  #afterReturn = false;

  /** Takes what the terminal sends for typed or pasted keys. */
  type(data: string): readonly Typed[] {
    const typed: Typed[] = [];
    // Escape sequences are cursor and function keys, which a line-wise input has no use for.
    for (const key of data.replace(/\x1b(?:\[[\x20-\x3f]*[\x40-\x7e]|O.|.)?/g, '')) this.#key(key, typed);
    return joined(typed);
  }

  #key(key: string, typed: Typed[]): void {
    const lineFeedOfPair = key === '\n' && this.#afterReturn;
    this.#afterReturn = key === '\r';
    if (lineFeedOfPair) return;
    switch (key) {
      case '\r':
      case '\n':
        typed.push({ type: 'echo', text: '\r\n' }, { type: 'input', text: `${this.#line}\n` });
        this.#line = '';
        return;
      case '\x7f':
      case '\b':
        this.#erase(1, typed);
        return;
      case '\x15':
        this.#erase(Infinity, typed);
        return;
      case '\x17':
        this.#erase(characters(/\S*\s*$/.exec(this.#line)?.[0] ?? '').length, typed);
        return;
      case '\x03':
        this.#line = '';
        typed.push({ type: 'echo', text: '^C\r\n' }, { type: 'interrupt' });
        return;
      case '\x04':
        if (this.#line === '') typed.push({ type: 'echo', text: '^D\r\n' }, { type: 'end' });
        else typed.push({ type: 'input', text: this.#line });
        this.#line = '';
        return;
      default:
        if (key < ' ' && key !== '\t') return;
        this.#line += key;
        typed.push({ type: 'echo', text: key });
    }
  }

  #erase(count: number, typed: Typed[]): void {
    const kept = characters(this.#line);
    const erased = kept.splice(Math.max(0, kept.length - count));
    this.#line = kept.join('');
    if (erased.length > 0) {
      typed.push({
        type: 'echo',
        text: '\b \b'.repeat(erased.reduce((width, char) => width + cells(char), 0)),
      });
    }
  }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person counts as characters: an emoji with its modifiers is one. */
function characters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Terminal columns of a character: two for East Asian wide ones and emoji, as the terminal draws them. */
function cells(char: string): number {
  return /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
    char,
  )
    ? 2
    : 1;
}

function joined(typed: readonly Typed[]): readonly Typed[] {
  const result: Typed[] = [];
  for (const item of typed) {
    const last = result.at(-1);
    if (last?.type === 'echo' && item.type === 'echo')
      result[result.length - 1] = { type: 'echo', text: last.text + item.text };
    else result.push(item);
  }
  return result;
}
