import { ByteReader } from '../bytes';
import type { CoreModule } from '../core-module';
import { takeCoreKind, type CoreKind } from '../core-types';
import { malformed } from '../decode-error';
import { orNull } from '../optional';
import { functionLines } from './function-text';
import { headText, identifier, quoted, referenceText, type WatNames } from './identifier';
import { takeInstructionText } from './instruction-text';
import { ModuleNames } from './module-names';
import { ModuleTypes } from './module-types';
import { takeGlobalText, takeLimitsText, takeTableText, takeTypeText } from './type-text';

/** How much of a data segment in bytes, and how many items of an element segment, are printed of a module that is too large as a whole. */
const mostData = 64;
const mostItems = 50;

/** A core module that is printed as text, in parts. */
export class WatModule {
  readonly module: CoreModule;
  readonly names: WatNames;
  readonly types: ModuleTypes;

  constructor(module: CoreModule) {
    this.module = module;
    this.names = new ModuleNames(module);
    this.types = new ModuleTypes(module);
  }

  /** The lines of a function that the module defines, null for another index. */
  functionLines(index: number): readonly string[] | null {
    return functionLines(this.module, index, this);
  }

  /** The whole module: what is not a function first. Lines are without end; one of them may be very long. */
  *lines({ full }: { readonly full: boolean }): Generator<string> {
    yield this.head();
    for (const line of this.headerLines({ full })) yield `  ${line}`;
    const { first, count } = this.functions;
    for (let index = first; index < first + count; index++)
      for (const line of this.functionLines(index) ?? []) yield `  ${line}`;
    yield ')';
  }

  /** The indices of the functions that the module defines. */
  get functions(): { readonly first: number; readonly count: number } {
    return { first: this.#imported.func, count: orNull(() => this.module.bodyCount) ?? 0 };
  }

  /** `(module $name`. */
  head(): string {
    const { name } = this.module;
    return name === null || name === '' ? '(module' : `(module ${identifier(name)}`;
  }

  /**
   * Everything but functions: types, imports, tables, memories, tags, globals, exports, start, elements and data. A section that cannot be read
   * ends with a comment.
   * @param full prints data and elements as they are, not only where they begin
   */
  headerLines({ full }: { readonly full: boolean }): readonly string[] {
    const limits = full ? { data: Infinity, items: Infinity } : { data: mostData, items: mostItems };
    const imported = this.#imported;
    return [
      ...this.types.lines,
      ...this.#importLines(),
      ...this.#section(
        4,
        (reader, index) => `(table (;${String(imported.table + index)};) ${this.#table(reader)})`,
      ),
      ...this.#section(
        5,
        (reader, index) => `(memory (;${String(imported.memory + index)};) ${takeLimitsText(reader)})`,
      ),
      ...this.#section(13, (reader, index) => {
        reader.u8();
        return `(tag (;${String(imported.tag + index)};) ${this.types.use(reader.u32())})`;
      }),
      ...this.#section(6, (reader, index) => {
        const at = imported.global + index;
        return `(global ${headText(at, this.names.global(at))} ${takeGlobalText(reader)} ${this.#expression(reader)})`;
      }),
      ...this.#section(7, (reader) => {
        const name = quoted(reader.name());
        const kind = takeCoreKind(reader);
        return `(export ${name} (${kind} ${this.#reference(kind, reader.u32())}))`;
      }),
      ...this.#startLines(),
      ...this.#section(9, (reader, index) => this.#element(reader, index, limits.items)),
      ...this.#section(11, (reader, index) => this.#data(reader, index, limits.data)),
    ];
  }

  get #imported(): Readonly<Record<CoreKind, number>> {
    return orNull(() => this.module.imported) ?? { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  }

  #section(id: number, take: (reader: ByteReader, index: number) => string): readonly string[] {
    const section = this.module.sections.find((each) => each.id === id);
    if (section === undefined) return [];
    const lines: string[] = [];
    const reader = new ByteReader(this.module.bytes, section.start, section.end);
    const isRead = orNull(() => reader.list((index) => lines.push(take(reader, index)))) !== null;
    return isRead ? lines : [...lines, `(; @0x${(reader.offset - this.module.start).toString(16)}: … ;)`];
  }

  #importLines(): readonly string[] {
    const counts: Record<CoreKind, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
    return this.#section(2, (reader) => {
      const from = `${quoted(reader.name())} ${quoted(reader.name())}`;
      const isExact = reader.peek() === 0x20;
      if (isExact) reader.u8();
      const kind = isExact ? 'func' : takeCoreKind(reader);
      const index = counts[kind]++;
      return `(import ${from} (${kind} ${this.#importType(kind, index, reader)}))`;
    });
  }

  #importType(kind: CoreKind, index: number, reader: ByteReader): string {
    const number = `(;${String(index)};)`;
    switch (kind) {
      case 'func':
        return `${headText(index, this.names.func(index))} ${this.types.use(reader.u32())}`;
      case 'table':
        return `${number} ${takeTableText(reader)}`;
      case 'memory':
        return `${number} ${takeLimitsText(reader)}`;
      case 'global':
        return `${headText(index, this.names.global(index))} ${takeGlobalText(reader)}`;
      case 'tag':
        reader.u8();
        return `${number} ${this.types.use(reader.u32())}`;
    }
  }

  #table(reader: ByteReader): string {
    if (reader.peek() !== 0x40) return takeTableText(reader);
    reader.skip(2);
    const type = takeTableText(reader);
    return `${type} ${this.#expression(reader)}`;
  }

  #startLines(): readonly string[] {
    const start = orNull(() => this.module.startFunction);
    return start === null ? [] : [`(start ${this.#reference('func', start)})`];
  }

  #reference(kind: CoreKind, index: number): string {
    const name =
      kind === 'func' ? this.names.func(index) : kind === 'global' ? this.names.global(index) : null;
    return referenceText(index, name);
  }

  /** A constant expression up to its end. */
  #expression(reader: ByteReader): string {
    const words: string[] = [];
    for (;;) {
      const { name, text } = takeInstructionText(reader, this.names);
      if (name === 'end') return words.join(' ');
      words.push(text);
      if (words.length > mostConstants) throw malformed('a constant that is too long', reader.offset);
    }
  }

  /** One entry of an element section (core specification, 5.5.12). */
  #element(reader: ByteReader, index: number, most: number): string {
    const start = reader.offset;
    const form = reader.u32();
    if (form > 7) throw malformed('an unknown form of element segment', start);
    const words = [`elem (;${String(index)};)`];
    const isActive = (form & 1) === 0;
    if (isActive && (form & 2) !== 0) words.push(`(table ${String(reader.u32())})`);
    if (isActive) words.push(`(offset ${this.#expression(reader)})`);
    else if ((form & 2) !== 0) words.push('declare');
    if ((form & 4) === 0) {
      if ((form & 3) !== 0) reader.u8();
      words.push('func', ...this.#items(reader, most, () => this.#reference('func', reader.u32())));
    } else {
      words.push((form & 3) === 0 ? 'funcref' : takeTypeText(reader));
      words.push(...this.#items(reader, most, () => `(item ${this.#expression(reader)})`));
    }
    return `(${words.join(' ')})`;
  }

  /** Reads all items and gives the text of the first ones. */
  #items(reader: ByteReader, most: number, take: () => string): readonly string[] {
    const words: string[] = [];
    let left = 0;
    for (let count = reader.count(); count > 0; count--) {
      const text = take();
      if (words.length < most) words.push(text);
      else left += 1;
    }
    return left === 0 ? words : [...words, `(; … +${String(left)} ;)`];
  }

  #data(reader: ByteReader, index: number, most: number): string {
    const start = reader.offset;
    const form = reader.u32();
    if (form > 2) throw malformed('an unknown form of data segment', start);
    const words = [`data (;${String(index)};)`];
    if (form === 2) words.push(`(memory ${String(reader.u32())})`);
    if (form !== 1) words.push(`(offset ${this.#expression(reader)})`);
    const size = reader.u32();
    const bytes = reader.part(size).rest();
    words.push(stringOf(bytes.subarray(0, Math.min(size, most))));
    if (size > most) words.push(`(; … +${String(size - most)} ;)`);
    return `(${words.join(' ')})`;
  }
}

/** No constant expression that a compiler makes has as many instructions. */
const mostConstants = 10_000;

function stringOf(bytes: Uint8Array): string {
  let text = '"';
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += isPlain ? String.fromCharCode(byte) : `\\${byte.toString(16).padStart(2, '0')}`;
  }
  return `${text}"`;
}
