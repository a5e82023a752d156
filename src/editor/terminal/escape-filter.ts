/**
 * What a guest may do to the user's terminal. Text, line control, colours, cursor movement and erasing pass; everything else is taken out:
 * titles, the clipboard (OSC 52), hyperlinks, notifications, device reports (whose answers would arrive as typed input),
 * modes, scrolling regions, resets, and C1 controls.
 *
 * Sequences may be cut anywhere between two pieces of output, so the filter keeps its place.
 * Source of the grammar: ECMA-48, and the xterm control sequences.
 */
export class EscapeFilter {
  #state: 'text' | 'escape' | 'escape-intermediate' | 'csi' | 'string' | 'string-escape' = 'text';
  #sequence = '';

  /** The part of `text` that may be shown. */
  filter(text: string): string {
    let shown = '';
    let plainFrom = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (this.#state === 'text') {
        if (!isControl(code) || isLineControl(code)) continue;
        shown += text.slice(plainFrom, i);
        this.#enter(code);
        plainFrom = i + 1;
        continue;
      }
      shown += this.#step(code, text.charAt(i));
      plainFrom = i + 1;
    }
    return this.#state === 'text' ? shown + text.slice(plainFrom) : shown;
  }

  #enter(code: number): void {
    if (code === ESC) this.#state = 'escape';
    else if (code === CSI_C1) this.#startCsi();
    else if (isStringIntroducerC1(code)) this.#state = 'string';
  }

  #startCsi(): void {
    this.#state = 'csi';
    this.#sequence = '';
  }

  #step(code: number, char: string): string {
    switch (this.#state) {
      case 'escape':
        if (char === '[') this.#startCsi();
        else if (']PX^_'.includes(char)) this.#state = 'string';
        else if (code >= 0x20 && code <= 0x2f) this.#state = 'escape-intermediate';
        else if (code !== ESC) this.#state = 'text';
        return '';
      case 'escape-intermediate':
        if (code < 0x20 || code > 0x2f) this.#state = 'text';
        return '';
      case 'csi':
        return this.#stepCsi(code, char);
      case 'string':
        if (code === BEL || code === ST_C1) this.#state = 'text';
        else if (code === ESC) this.#state = 'string-escape';
        return '';
      case 'string-escape':
        this.#state = char === '\\' ? 'text' : 'string';
        return '';
      case 'text':
        return '';
    }
  }

  #stepCsi(code: number, char: string): string {
    if (code === ESC) {
      this.#state = 'escape';
      return '';
    }
    const isFinal = code >= 0x40 && code <= 0x7e;
    if (!isFinal && this.#sequence.length < longestSequence && code >= 0x20 && code < 0x7f) {
      this.#sequence += char;
      return '';
    }
    this.#state = 'text';
    return isFinal && isHarmless(this.#sequence, char) ? `\x1b[${this.#sequence}${char}` : '';
  }
}

const ESC = 0x1b;
const BEL = 0x07;
const CSI_C1 = 0x9b;
const ST_C1 = 0x9c;

/** Longer ones are not colours or movements; a guest that never ends one must not swallow its own output for good. */
const longestSequence = 64;

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/** Backspace, tab, line feed, carriage return. */
function isLineControl(code: number): boolean {
  return code === 0x08 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** DCS, SOS, OSC, PM, APC as single C1 characters. */
function isStringIntroducerC1(code: number): boolean {
  return code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f);
}

/** Colours (m), cursor movement (A-H, f, d), erasing (J, K), inserting and deleting (@, L, M, P, X), showing and hiding the cursor. */
function isHarmless(parameters: string, final: string): boolean {
  if (parameters === '?25') return final === 'h' || final === 'l';
  return /^[\d;:]*$/.test(parameters) && 'ABCDEFGHJKLMPXdfm@'.includes(final);
}
