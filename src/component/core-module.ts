import { ByteReader } from './bytes';
import { takeConstExpr, type ConstExpr } from './const-expr';
import {
  takeCoreExternType,
  takeCoreKind,
  takeGlobalType,
  takeLimits,
  takeRecType,
  takeValueType,
  type CoreExternType,
  type CoreFuncType,
  type CoreKind,
  type GlobalType,
  type Limits,
} from './core-types';
import { malformed } from './decode-error';
import { demangle } from './demangle';
import { takeElementSegment, type ElementSegment } from './element-segment';
import { findName, NameSubsection } from './names';
import { plainText } from '../base/sanitize';
import { takePreamble, takeSection, type Section } from './sections';

export interface CoreImport {
  readonly module: string;
  readonly name: string;
  readonly type: CoreExternType;
}

export interface CoreExport {
  readonly kind: CoreKind;
  readonly index: number;
}

export interface DataSegment {
  /** Null for a passive segment. */
  readonly active: { readonly memory: number; readonly offset: ConstExpr } | null;
  /** Where its bytes lie in the file. */
  readonly start: number;
  readonly end: number;
}

/** Where a function's body (locals and code) lies in the file. */
export interface BodyRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A core module as data. Its sections are found when it is made; each is decoded when it is first asked for, which
 * throws a `DecodeError` if it is malformed. Function bodies are never decoded here.
 */
export class CoreModule {
  /** The whole file that the module lies in. */
  readonly bytes: Uint8Array;
  /** Where the module (its magic number) begins and ends in the file. */
  readonly start: number;
  readonly end: number;
  /** Number among the core modules of the file, in the order of the binary, nested components included. */
  readonly number: number;
  readonly sections: readonly Section[];
  readonly #cache = new Map<string, unknown>();

  constructor(reader: ByteReader, number: number) {
    this.bytes = reader.bytes;
    this.start = reader.offset;
    this.end = reader.end;
    this.number = number;
    const at = reader.offset;
    if (takePreamble(reader) !== 'module') throw malformed('a component where a core module belongs', at);
    const sections: Section[] = [];
    while (!reader.atEnd) sections.push(takeSection(reader));
    this.sections = sections;
  }

  get types(): readonly (CoreFuncType | null)[] {
    return this.#once('types', () => this.#items(1, (reader) => takeRecType(reader)).flat());
  }

  get imports(): readonly CoreImport[] {
    return this.#once('imports', () =>
      this.#items(2, (reader) => ({
        module: reader.name(),
        name: reader.name(),
        type: takeCoreExternType(reader),
      })),
    );
  }

  /** Type indices of the functions that the module defines. */
  get functions(): readonly number[] {
    return this.#once('functions', () => this.#items(3, (reader) => reader.u32()));
  }

  get tables(): readonly Limits[] {
    return this.#once('tables', () => this.#items(4, takeTable));
  }

  get memories(): readonly Limits[] {
    return this.#once('memories', () => this.#items(5, takeLimits));
  }

  get globals(): readonly { readonly type: GlobalType; readonly init: ConstExpr }[] {
    return this.#once('globals', () =>
      this.#items(6, (reader) => ({ type: takeGlobalType(reader), init: takeConstExpr(reader) })),
    );
  }

  get exports(): ReadonlyMap<string, CoreExport> {
    return this.#once(
      'exports',
      () =>
        new Map(
          this.#items(7, (reader) => {
            const name = reader.name();
            const kind = takeCoreKind(reader);
            return [name, { kind, index: reader.u32() }] as const;
          }),
        ),
    );
  }

  /** Index of the function that runs when the module is instantiated. */
  get startFunction(): number | null {
    return this.#once('start', () => this.#reader(8)?.u32() ?? null);
  }

  get elements(): readonly ElementSegment[] {
    return this.#once('elements', () => this.#items(9, takeElementSegment));
  }

  get data(): readonly DataSegment[] {
    return this.#once('data', () => this.#items(11, takeDataSegment));
  }

  /** How many functions, memories, tables and globals are imported: indices count these first. */
  get imported(): Readonly<Record<CoreKind, number>> {
    const { func, table, memory, global, tag } = this.#importsByKind;
    return {
      func: func.length,
      table: table.length,
      memory: memory.length,
      global: global.length,
      tag: tag.length,
    };
  }

  /** The import that an index stands for, null for what the module defines itself. */
  importAt(kind: CoreKind, index: number): CoreImport | null {
    return this.#importsByKind[kind][index] ?? null;
  }

  get #importsByKind(): Readonly<Record<CoreKind, readonly CoreImport[]>> {
    return this.#once('imports by kind', () => {
      const byKind: Record<CoreKind, CoreImport[]> = { func: [], table: [], memory: [], global: [], tag: [] };
      for (const each of this.imports) byKind[each.type.kind].push(each);
      return byKind;
    });
  }

  /** Whether the module has exception tags, imported or its own. */
  get hasTags(): boolean {
    return this.imported.tag > 0 || this.sections.some(({ id }) => id === 13);
  }

  /** The limits of the memory that is exported by this name, null if there is none. */
  memoryNamed(name: string): Limits | null {
    const found = this.exports.get(name);
    if (found?.kind !== 'memory') return null;
    const imported = this.importAt('memory', found.index)?.type;
    if (imported?.kind === 'memory') return imported.limits;
    return this.memories[found.index - this.imported.memory] ?? null;
  }

  /** The body of a function that the module defines, null for another index. */
  body(funcIndex: number): BodyRange | null {
    const bounds = this.#once('bodies', () => this.#bodies());
    const at = 2 * (funcIndex - this.imported.func);
    const [start, end] = [bounds[at], bounds[at + 1]];
    return start === undefined || end === undefined ? null : { start, end };
  }

  /** How many functions with a body there are. */
  get bodyCount(): number {
    return this.#once('bodies', () => this.#bodies()).length / 2;
  }

  /** The signature of a function; null if there is no such function or its type is not a function type. */
  funcType(funcIndex: number): CoreFuncType | null {
    const imported = this.importAt('func', funcIndex);
    const type =
      imported?.type.kind === 'func' ? imported.type.type : this.functions[funcIndex - this.imported.func];
    return type === undefined ? null : (this.types[type] ?? null);
  }

  /** A function's name, demangled: from the name section, else the name under which it is imported or exported. */
  funcName(funcIndex: number): string | null {
    const named = this.#name(NameSubsection.functions, funcIndex);
    if (named !== null) return demangle(named);
    const imported = this.importAt('func', funcIndex);
    if (imported !== null) return plainText(imported.name);
    for (const [name, { kind, index }] of this.exports) {
      if (kind === 'func' && index === funcIndex) return plainText(name);
    }
    return null;
  }

  globalName(index: number): string | null {
    const name = this.#name(NameSubsection.globals, index);
    return name === null ? null : plainText(name);
  }

  /** The module's own name from its name section. */
  get name(): string | null {
    return this.#name(NameSubsection.module, 0);
  }

  /** The custom section of this name (the last one, if there are several), null if there is none. */
  customSection(name: string): Section | null {
    return this.sections.findLast((section) => section.name === name) ?? null;
  }

  /** Offset in the file of the content of the code section: DWARF counts addresses from there. */
  get codeStart(): number | null {
    return this.sections.find(({ id }) => id === 10)?.start ?? null;
  }

  #name(subsection: number, index: number): string | null {
    const section = this.customSection('name');
    return section === null ? null : findName(fresh(section), subsection, index);
  }

  #bodies(): Uint32Array {
    const reader = this.#reader(10);
    if (reader === null) return new Uint32Array();
    const count = reader.count();
    const bounds = new Uint32Array(2 * count);
    for (let index = 0; index < count; index++) {
      const size = reader.u32();
      bounds[2 * index] = reader.offset;
      reader.skip(size);
      bounds[2 * index + 1] = reader.offset;
    }
    return bounds;
  }

  #items<T>(id: number, take: (reader: ByteReader) => T): readonly T[] {
    const reader = this.#reader(id);
    return reader === null ? [] : reader.list(() => take(reader));
  }

  #reader(id: number): ByteReader | null {
    const section = this.sections.find((each) => each.id === id);
    return section === undefined ? null : fresh(section);
  }

  #once<T>(key: string, decode: () => T): T {
    if (!this.#cache.has(key)) this.#cache.set(key, decode());
    return this.#cache.get(key) as T; // each key is used in one place, with one type
  }
}

/** A new reader of a section's content, so that a section can be read more than once. */
function fresh({ content }: Section): ByteReader {
  return new ByteReader(content.bytes, content.offset, content.end);
}

function takeTable(reader: ByteReader): Limits {
  const hasInit = reader.peek() === 0x40;
  if (hasInit) reader.skip(2);
  takeValueType(reader);
  const limits = takeLimits(reader);
  if (hasInit) takeConstExpr(reader);
  return limits;
}

/** Takes one entry of a data section (core specification, 5.5.14). */
export function takeDataSegment(reader: ByteReader): DataSegment {
  const start = reader.offset;
  const form = reader.u32();
  if (form > 2) throw malformed('an unknown form of data segment', start);
  const memory = form === 2 ? reader.u32() : 0;
  const active = form === 1 ? null : { memory, offset: takeConstExpr(reader) };
  const size = reader.u32();
  const begin = reader.offset;
  reader.skip(size);
  return { active, start: begin, end: reader.offset };
}
