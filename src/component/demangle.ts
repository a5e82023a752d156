import { plainText } from '../base/sanitize';

/** The longest name that is demangled. Hostile names could be endless. */
const MAX_LENGTH = 200;
const MAX_DEPTH = 40;
const MAX_STEPS = 2000;

/**
 * A function's name as its author wrote it, where the compiler has encoded it: Rust's two manglings, and the simple ones
 * of C++. Every other name, and what cannot be decoded, comes back as {@link plainText} shows it.
 */
export function demangle(name: string): string {
  return plainText(decode(name));
}

function decode(name: string): string {
  const decoded = /^_R[A-Z]/.test(name)
    ? new RustName(name.slice(2)).decode()
    : name.startsWith('_Z')
      ? demanglePath(name)
      : rustHash.test(name)
        ? unescapeRust(name)
        : null;
  if (decoded === null || decoded === '') return name;
  return decoded.length > MAX_LENGTH ? `${decoded.slice(0, MAX_LENGTH)}…` : decoded;
}

/** The end of a name in Rust's older mangling that a linker has demangled as if it were of C++. */
const rustHash = /::h[0-9a-f]{16}$/;

function unescapeRust(name: string): string {
  return name.replace(rustHash, '').split('::').map(unescapePart).join('::');
}

/**
 * `_ZN`, the parts with their lengths, `E`; or `_Z` and one part, for a plain function of C++. Rust adds a hash as the last part; what C++
 * adds are parameters.
 */
function demanglePath(name: string): string | null {
  const nested = name.startsWith('_ZN');
  const parts: string[] = [];
  let at = nested ? 3 : 2;
  // A method of C++ may be const or volatile, which comes before its path.
  while (nested && (name[at] === 'K' || name[at] === 'V')) at += 1;
  for (;;) {
    const digits = /^\d{1,4}/.exec(name.slice(at, at + 4))?.[0];
    if (digits === undefined) break;
    const start = at + digits.length;
    at = start + Number(digits);
    if (at > name.length) return null;
    parts.push(name.slice(start, at));
    if (!nested) break;
  }
  if (parts.length === 0 || (nested && name[at] !== 'E')) return null;
  if (/^h[0-9a-f]{16}$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts.map(unescapePart).join('::');
}

/** Characters that no linker takes, as Rust's older mangling writes them. */
const ESCAPES: Readonly<Record<string, string>> = {
  SP: '@',
  BP: '*',
  RF: '&',
  LT: '<',
  GT: '>',
  LP: '(',
  RP: ')',
  C: ',',
};

function unescapePart(part: string): string {
  return part
    .replace(/^_(?=\$)/, '')
    .replace(/\$(\w+?)\$/g, (whole, code: string) => {
      const unicode = /^u([0-9a-f]{1,5})$/.exec(code)?.[1];
      if (unicode !== undefined) return String.fromCodePoint(Number.parseInt(unicode, 16));
      return ESCAPES[code] ?? whole;
    })
    .replaceAll('..', '::');
}

const BASIC_TYPES: Readonly<Record<string, string>> = {
  a: 'i8',
  b: 'bool',
  c: 'char',
  d: 'f64',
  e: 'str',
  f: 'f32',
  h: 'u8',
  i: 'isize',
  j: 'usize',
  l: 'i32',
  m: 'u32',
  n: 'i128',
  o: 'u128',
  p: '_',
  s: 'i16',
  t: 'u16',
  u: '()',
  v: '…',
  x: 'i64',
  y: 'u64',
  z: '!',
};

/** Thrown inside the decoder where a name does not follow the rules. */
class NotAName extends Error {}

/** Decodes Rust's newer mangling (RFC 2603). Hashes, lifetimes and constants are left out. */
class RustName {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  decode(): string | null {
    try {
      return this.#path();
    } catch (error) {
      if (error instanceof NotAName) return null;
      throw error;
    }
  }

  #take(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw new NotAName();
    this.#at += 1;
    return character;
  }

  #accept(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  /** Guards against names that refer back to themselves, or blow up. */
  #nested(decode: () => string): string {
    if (++this.#depth > MAX_DEPTH || ++this.#steps > MAX_STEPS) throw new NotAName();
    const decoded = decode();
    this.#depth -= 1;
    return decoded;
  }

  #path(): string {
    return this.#nested(() => {
      const kind = this.#take();
      switch (kind) {
        case 'C':
          return this.#identifier();
        case 'M':
          this.#implementation();
          return `<${this.#type()}>`;
        case 'X': {
          this.#implementation();
          const type = this.#type();
          return `<${type} as ${this.#path()}>`;
        }
        case 'Y': {
          const type = this.#type();
          return `<${type} as ${this.#path()}>`;
        }
        case 'N': {
          const space = this.#take();
          const parent = this.#path();
          const name = this.#identifier();
          if (space === 'C') return `${parent}::{closure}`;
          return name === '' ? parent : `${parent}::${name}`;
        }
        case 'I': {
          const generic = this.#path();
          const args = this.#listed(() => this.#genericArgument()).filter((arg) => arg !== '');
          return args.length === 0 ? generic : `${generic}<${args.join(', ')}>`;
        }
        case 'B':
          return this.#back(() => this.#path());
        default:
          throw new NotAName();
      }
    });
  }

  /** Where an `impl` stands says nothing that its type does not. */
  #implementation(): void {
    if (this.#accept('s')) this.#number();
    this.#path();
  }

  #identifier(): string {
    if (this.#accept('s')) this.#number();
    const isPunycode = this.#accept('u');
    const digits = /^\d{1,4}/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0];
    if (digits === undefined) throw new NotAName();
    this.#at += digits.length;
    this.#accept('_');
    const end = this.#at + Number(digits);
    if (end > this.#text.length) throw new NotAName();
    const name = this.#text.slice(this.#at, end);
    this.#at = end;
    return isPunycode ? `${name}?` : name;
  }

  #genericArgument(): string {
    if (this.#accept('L')) {
      this.#number();
      return '';
    }
    if (this.#accept('K')) return this.#constant();
    return this.#type();
  }

  #type(): string {
    return this.#nested(() => {
      const kind = this.#take();
      const basic = BASIC_TYPES[kind];
      if (basic !== undefined) return basic;
      switch (kind) {
        case 'A':
          return `[${this.#type()}; ${this.#constant()}]`;
        case 'S':
          return `[${this.#type()}]`;
        case 'T':
          return `(${this.#listed(() => this.#type()).join(', ')})`;
        case 'R':
        case 'Q':
          if (this.#accept('L')) this.#number();
          return `&${kind === 'Q' ? 'mut ' : ''}${this.#type()}`;
        case 'P':
          return `*const ${this.#type()}`;
        case 'O':
          return `*mut ${this.#type()}`;
        case 'F':
          return this.#functionType();
        case 'D':
          return this.#traitObject();
        case 'B':
          return this.#back(() => this.#type());
        default:
          this.#at -= 1;
          return this.#path();
      }
    });
  }

  #functionType(): string {
    if (this.#accept('G')) this.#number();
    this.#accept('U');
    if (this.#accept('K') && !this.#accept('C')) this.#identifier();
    const params = this.#listed(() => this.#type());
    const result = this.#type();
    return `fn(${params.join(', ')})${result === '()' ? '' : ` -> ${result}`}`;
  }

  #traitObject(): string {
    if (this.#accept('G')) this.#number();
    const bounds = this.#listed(() => {
      const bound = this.#path();
      while (this.#accept('p')) {
        this.#identifier();
        this.#type();
      }
      return bound;
    });
    if (!this.#accept('L')) throw new NotAName();
    this.#number();
    return `dyn ${bounds.join(' + ')}`;
  }

  #constant(): string {
    if (this.#accept('p')) return '_';
    if (this.#accept('B')) return this.#back(() => this.#constant());
    this.#take();
    const end = this.#text.indexOf('_', this.#at);
    if (end < 0) throw new NotAName();
    const digits = this.#text.slice(this.#at, end);
    if (!/^n?[0-9a-f]*$/.test(digits)) throw new NotAName();
    this.#at = end + 1;
    return String(Number.parseInt(digits.replace('n', '-') || '0', 16));
  }

  #listed(item: () => string): string[] {
    const items: string[] = [];
    while (!this.#accept('E')) items.push(item());
    return items;
  }

  /** Decodes what stands at an earlier place of the name. */
  #back(decode: () => string): string {
    const at = this.#number();
    const here = this.#at;
    if (at >= here) throw new NotAName();
    this.#at = at;
    const decoded = this.#nested(decode);
    this.#at = here;
    return decoded;
  }

  /** A number to the base of 62 that ends with `_`; the `_` alone is 0. */
  #number(): number {
    let value = 0;
    let digits = 0;
    for (let character = this.#take(); character !== '_'; character = this.#take()) {
      const digit = DIGITS.indexOf(character);
      if (digit < 0 || ++digits > 13) throw new NotAName();
      value = value * 62 + digit;
    }
    return digits === 0 ? 0 : value + 1;
  }
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
