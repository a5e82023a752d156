/** An effect of typing. */
export type LineEvent =
  /** Text for the terminal. */
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'line'; readonly text: string }
  /** Ctrl+C: the line was discarded. */
  | { readonly type: 'interrupt' }
  /** Ctrl+D on an empty line. */
  | { readonly type: 'end' };

/** Texts that fit at the cursor. */
export interface LineCompletion {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly { readonly label: string; readonly insert: string }[];
}

export interface LineEditorOptions {
  prompt(): string;
  complete(text: string, offset: number): LineCompletion;
  /** Columns of the terminal. Of a longer line the part around the cursor is shown. */
  columns(): number;
}

const longestHistory = 1000;
/** Returns to the start of the line and erases it. */
const redraw = '\r\x1b[K';
const keys: ReadonlyMap<string, Action> = new Map([
  ['\r', 'enter'],
  ['\n', 'enter'],
  ['\t', 'complete'],
  ['\x7f', 'erase'],
  ['\b', 'erase'],
  ['\x1b[3~', 'delete'],
  ['\x1b[D', 'left'],
  ['\x02', 'left'],
  ['\x1b[C', 'right'],
  ['\x06', 'right'],
  ['\x1b[H', 'home'],
  ['\x1b[1~', 'home'],
  ['\x01', 'home'],
  ['\x1b[F', 'last'],
  ['\x1b[4~', 'last'],
  ['\x05', 'last'],
  ['\x1b[A', 'older'],
  ['\x10', 'older'],
  ['\x1b[B', 'newer'],
  ['\x0e', 'newer'],
  ['\x0b', 'erase-end'],
  ['\x15', 'erase-start'],
  ['\x17', 'erase-word'],
  ['\x0c', 'clear'],
  ['\x03', 'interrupt'],
  ['\x04', 'end'],
]);

type Action =
  | 'enter'
  | 'complete'
  | 'erase'
  | 'delete'
  | 'left'
  | 'right'
  | 'home'
  | 'last'
  | 'older'
  | 'newer'
  | 'erase-end'
  | 'erase-start'
  | 'erase-word'
  | 'clear'
  | 'interrupt'
  | 'end';

// An escape sequence or a cut one, text (a whole paste at once, which may be long), or a control character.
const keyPattern = /\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Z]|\x1b.?|\P{Cc}+|./gsu;

/** A line editor for a terminal: cursor, history, completion. Takes keys and returns what to write. */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #history: string[] = [];
  /** Index of the shown entry of the history; the length of the history for a new line. */
  #shown = 0;
  /** The new line while an older one is shown. */
  #draft = '';
  #text = '';
  #cursor = 0;

  constructor(options: LineEditorOptions) {
    this.#options = options;
  }

  /** Adds a line to the history unless it is already the last one. */
  remember(line: string): void {
    if (this.#history.at(-1) !== line) this.#history.push(line);
    if (this.#history.length > longestHistory) this.#history.shift();
    this.#shown = this.#history.length;
  }

  /** The prompt and the text so far, for an empty line of the terminal. */
  render(): string {
    const prompt = this.#options.prompt();
    const room = Math.max(10, this.#options.columns() - widthOf(prompt) - 1);
    const from = Math.max(0, this.#cursor - room);
    const visible = this.#text.slice(from, from + room);
    const behind = widthOf(visible.slice(this.#cursor - from));
    return `${redraw}${prompt}${visible}${behind === 0 ? '' : `\x1b[${String(behind)}D`}`;
  }

  /** Takes keys or a paste. */
  input(data: string): readonly LineEvent[] {
    const events: LineEvent[] = [];
    for (const [key] of data.replaceAll('\r\n', '\r').matchAll(keyPattern)) {
      for (const event of this.#key(key)) {
        // Only the last of several redraws in a row is seen; a paste makes many.
        if (isRedraw(event) && isRedraw(events.at(-1))) events.pop();
        events.push(event);
      }
    }
    return events;
  }

  #key(key: string): readonly LineEvent[] {
    const action = keys.get(key.replace(/^\x1bO/, '\x1b['));
    if (action !== undefined) return this.#act(action);
    if (/^\p{Cc}/u.test(key)) return [];
    this.#replace(this.#cursor, this.#cursor, key);
    return this.#redraw();
  }

  #act(action: Action): readonly LineEvent[] {
    switch (action) {
      case 'enter':
        return [
          { type: 'write', text: '\r\n' },
          { type: 'line', text: this.#take() },
        ];
      case 'interrupt':
        this.#take();
        return [{ type: 'write', text: '^C\r\n' }, { type: 'interrupt' }];
      case 'end':
        if (this.#text === '') return [{ type: 'end' }];
        this.#replace(this.#cursor, this.#after(), '');
        break;
      case 'complete':
        return this.#complete();
      case 'erase':
        this.#replace(this.#before(), this.#cursor, '');
        break;
      case 'delete':
        this.#replace(this.#cursor, this.#after(), '');
        break;
      case 'left':
        this.#cursor = this.#before();
        break;
      case 'right':
        this.#cursor = this.#after();
        break;
      case 'home':
        this.#cursor = 0;
        break;
      case 'last':
        this.#cursor = this.#text.length;
        break;
      case 'older':
        this.#show(this.#shown - 1);
        break;
      case 'newer':
        this.#show(this.#shown + 1);
        break;
      case 'erase-end':
        this.#replace(this.#cursor, this.#text.length, '');
        break;
      case 'erase-start':
        this.#replace(0, this.#cursor, '');
        break;
      case 'erase-word':
        this.#replace(lastWord(this.#text.slice(0, this.#cursor)), this.#cursor, '');
        break;
      case 'clear':
        return [{ type: 'write', text: '\x1b[H\x1b[2J' }, ...this.#redraw()];
    }
    return this.#redraw();
  }

  /** Inserts what all candidates have in common, or lists them if that adds nothing. */
  #complete(): readonly LineEvent[] {
    const { start, end, candidates } = this.#options.complete(this.#text, this.#cursor);
    const [only, second] = candidates;
    if (only === undefined) return [];
    const typed = this.#text.slice(start, end);
    const common = second === undefined ? only.insert : commonStart(candidates.map(({ label }) => label));
    if (common.length > typed.length || second === undefined) {
      this.#replace(start, end, common);
      return this.#redraw();
    }
    return [
      { type: 'write', text: `\r\n${candidates.map(({ label }) => label).join('  ')}\r\n` },
      ...this.#redraw(),
    ];
  }

  #show(index: number): void {
    if (index < 0 || index > this.#history.length) return;
    if (this.#shown === this.#history.length) this.#draft = this.#text;
    this.#shown = index;
    this.#text = this.#history[index] ?? this.#draft;
    this.#cursor = this.#text.length;
  }

  #take(): string {
    const text = this.#text;
    this.#text = '';
    this.#cursor = 0;
    this.#draft = '';
    this.#shown = this.#history.length;
    return text;
  }

  #replace(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#cursor = start + text.length;
  }

  /** The offset of the character before the cursor, with its combining marks. */
  #before(): number {
    return lastCharacter(this.#text.slice(0, this.#cursor));
  }

  #after(): number {
    const character = /^(?:\P{M}\p{M}*|.)/su.exec(this.#text.slice(this.#cursor))?.[0] ?? '';
    return this.#cursor + character.length;
  }

  #redraw(): readonly LineEvent[] {
    return [{ type: 'write', text: this.render() }];
  }
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

// These walk from the end, since a pattern with `$` would be tried at every place of a long line.

/** Offset of the last word. */
function lastWord(text: string): number {
  let start = text.trimEnd().length;
  while (start > 0 && !/\s/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** Offset of the last character, with its combining marks. */
function lastCharacter(text: string): number {
  let start = text.length;
  let character: string;
  do {
    character =
      /(?:[\ud800-\udbff][\udc00-\udfff]|[^])$/.exec(text.slice(Math.max(0, start - 2), start))?.[0] ?? '';
    start -= character.length;
  } while (start > 0 && /^\p{M}/u.test(character));
  return start;
}

function isRedraw(event: LineEvent | undefined): boolean {
  return event?.type === 'write' && event.text.startsWith(redraw);
}

/** Columns, one per character. Wide East Asian characters take two, so the cursor is off after them. */
function widthOf(text: string): number {
  return text.replace(/\p{M}/gu, '').replace(/[\ud800-\udbff][\udc00-\udfff]/g, '.').length;
}
