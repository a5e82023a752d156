import { ByteReader } from '../bytes';
import { CoreModule, takeDataSegment } from '../core-module';
import { demangle } from '../demangle';
import { orNull } from '../optional';
import { FunctionNames } from './function-names';
import { moduleName, nameMaps } from './name-maps';
import { originOf, unknownOrigin, type Origin } from './origin';
import { moduleId } from './read-structure';
import { scanFunctions, type ScannedFunctions } from './scan-functions';
import { preambleBytes, scanSections, type ScannedPart, type ScannedSection } from './scan-sections';
import { shortText } from './short-text';
import { addBytes, OriginSums, SizeTree, type Container, type Leaf } from './size-tree';
import { mostSizeRows, type SizeKind, type SizeTable } from './sizes';
import { sourceFiles } from './source-files';

/** Told now and then while a file is measured, in bytes. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Measures where the bytes of a file are. Never throws: what cannot be read is of kind `unreadable`. Takes memory in proportion to the number of
 * functions, some bytes for each.
 */
export function readSizes(bytes: Uint8Array, onProgress: OnProgress = () => undefined): SizeTable {
  return new SizeReader(bytes, onProgress).read();
}

/** How deep components are looked into, as when they are decoded. */
const mostDepth = 100;

/** How many parts are looked into: the others have a size only. */
const mostParts = 500;

/** The last id of a section that a component may have. */
const lastSectionId = 12;

const sectionIds = { component: { module: 1, component: 4 }, module: { code: 10, data: 11 } } as const;

class SizeReader {
  readonly #bytes: Uint8Array;
  readonly #onProgress: OnProgress;
  readonly #root: Container;
  readonly #tree: SizeTree;
  readonly #origins = new OriginSums();
  #functionCount = 0;
  #modules = 0;
  #components = 0;

  constructor(bytes: Uint8Array, onProgress: OnProgress) {
    this.#bytes = bytes;
    this.#onProgress = onProgress;
    this.#root = container('file', null, 0);
    this.#tree = new SizeTree(this.#root, mostSizeRows);
  }

  read(): SizeTable {
    this.#addPart(0, this.#bytes.length, this.#root, 0);
    const { origins, placeOf } = this.#origins.largest();
    const rows = this.#tree
      .rows()
      .map((row) => (row.origin === null ? row : { ...row, origin: placeOf(row.origin) }));
    return { fileBytes: this.#bytes.length, rows, origins, functionCount: this.#functionCount };
  }

  #addPart(start: number, end: number, parent: Container, depth: number): void {
    const part = scanSections(this.#bytes, start, end);
    if (part.kind === 'unreadable') {
      this.#addLeaf(parent, 'unreadable', start, end);
      return;
    }
    const isModule = part.kind === 'module';
    const number = isModule ? this.#modules++ : this.#components++;
    const node = isModule ? moduleId(number) : `c${String(number)}`;
    const name = moduleName(this.#bytes, part) ?? '';
    const own = container(part.kind, parent, start, { name, index: number, node });
    this.#head(own, preambleBytes);
    if (isModule) this.#addModule(part, own);
    else this.#addComponent(part, own, depth);
    this.#addLeaf(own, 'unreadable', part.readTo, end);
    this.#onProgress(end, this.#bytes.length);
  }

  #addComponent(part: ScannedPart, own: Container, depth: number): void {
    const kinds = new Map<number, Container>();
    for (const section of part.sections) {
      const { id, start, content } = section;
      this.#head(own, content.start - start);
      const isPart = id === sectionIds.component.module || id === sectionIds.component.component;
      if (isPart && depth < mostDepth && this.#modules + this.#components < mostParts) {
        this.#addPart(content.start, content.end, own, depth + 1);
      } else if (id === 0) this.#addCustom(section, own);
      else if (id > lastSectionId) this.#addLeaf(own, 'section', content.start, content.end, { index: id });
      else this.#addToKind(section, own, kinds);
    }
  }

  /** Sections of one kind are one row: a component has many of some bytes each. */
  #addToKind({ id, content }: ScannedSection, own: Container, kinds: Map<number, Container>): void {
    const known = kinds.get(id);
    const row = known ?? container('section', own, content.start, { index: id });
    if (known === undefined) {
      row.count = 0;
      kinds.set(id, row);
    }
    row.count += 1;
    // It has no children, so that all of its bytes are its own.
    addBytes(row, content.end - content.start);
    this.#origins.add(structure, content.end - content.start, 0);
  }

  #addModule(part: ScannedPart, own: Container): void {
    const functions = scanFunctions(this.#bytes, part);
    for (const section of part.sections) {
      const { id, start, content } = section;
      this.#head(own, content.start - start);
      if (id === 0) this.#addCustom(section, own);
      else if (content === functions.section) this.#addCode(section, own, { part, functions });
      else if (id === sectionIds.module.data) this.#addData(section, own);
      else this.#addLeaf(own, 'section', content.start, content.end, { index: id });
    }
  }

  #addCode(
    { content }: ScannedSection,
    own: Container,
    { part, functions }: { readonly part: ScannedPart; readonly functions: ScannedFunctions },
  ): void {
    const code = container('code', own, content.start, { index: sectionIds.module.code });
    const { starts, ends, count, imported, readTo } = functions;
    code.count = count;
    this.#functionCount += count;
    const names = new FunctionNames(this.#bytes, part, imported + count);
    const originAt = this.#originsIn(part, functions, names);
    let at = content.start;
    for (let body = 0; body < count; body++) {
      const [start, end] = [starts[body] ?? 0, ends[body] ?? 0];
      this.#head(code, start - at);
      at = end;
      const origin = this.#origins.add(originAt(body), end - start, 1);
      const index = imported + body;
      this.#tree.add({
        kind: 'function',
        parent: code,
        start,
        bytes: end - start,
        index,
        origin,
        count: 1,
        names: () => functionNames(names.at(index)),
      });
      if (body % progressEvery === 0) this.#onProgress(end, this.#bytes.length);
    }
    this.#head(code, readTo - at);
    this.#addLeaf(code, 'unreadable', readTo, content.end);
  }

  /** What says where the functions of a module come from. */
  #originsIn(part: ScannedPart, functions: ScannedFunctions, names: FunctionNames): (body: number) => Origin {
    const module = orNull(() => new CoreModule(new ByteReader(this.#bytes, part.start, part.end), 0));
    const file = (module === null ? null : orNull(() => sourceFiles(module, functions))) ?? (() => null);
    const isGo = part.sections.some(({ name }) => name === 'go:buildid' || name === 'go.buildid');
    return (body) => originOf(names.at(functions.imported + body), file(body), isGo);
  }

  #addData({ content }: ScannedSection, own: Container): void {
    const data = container('data', own, content.start, { index: sectionIds.module.data });
    const reader = new ByteReader(this.#bytes, content.start, content.end);
    let readTo = content.start;
    data.count = 0;
    orNull(() => {
      for (let left = reader.count(); left > 0; left--) {
        const { start, end } = takeDataSegment(reader);
        this.#addLeaf(data, 'segment', start, end, { index: data.count, head: start - readTo });
        readTo = end;
        data.count += 1;
      }
      this.#head(data, reader.offset - readTo);
      readTo = reader.offset;
    });
    this.#addLeaf(data, 'unreadable', readTo, content.end);
  }

  #addCustom({ name, content }: ScannedSection, own: Container): void {
    const parts = name === 'name' ? nameMaps(this.#bytes, content) : [];
    const isSecond = own.children.some((row) => row.kind === 'custom' && 'children' in row);
    if (parts.length === 0 || isSecond) {
      this.#addLeaf(own, 'custom', content.start, content.end, { name });
      return;
    }
    const row = container('custom', own, content.start, { name });
    let at = content.start;
    for (const { id, start, end } of parts) {
      this.#head(row, start - at, namesOrigin);
      this.#addLeaf(row, 'names', start, end, { index: id });
      at = end;
    }
    this.#addLeaf(row, 'unreadable', at, content.end);
  }

  /** Adds a row for a range, unless it is empty and stands for nothing. */
  #addLeaf(
    parent: Container,
    kind: SizeKind,
    start: number,
    end: number,
    { name = '', index = null, head = 0 }: { name?: string; index?: number | null; head?: number } = {},
  ): void {
    if (head > 0) this.#head(parent, head);
    if (kind === 'unreadable' && end <= start) return;
    const leaf: Leaf = {
      kind,
      parent,
      start,
      bytes: end - start,
      index,
      origin: null,
      count: 1,
      names: () => ({ name: shortText(name), mangled: null }),
    };
    this.#origins.add(originOfPart(kind, name), end - start, 0);
    this.#tree.add(leaf);
  }

  #head(row: Container, bytes: number, origin: Origin = structure): void {
    if (bytes <= 0) return;
    this.#tree.addHead(row, bytes);
    this.#origins.add(origin, bytes, 0);
  }
}

const progressEvery = 4096;

const structure: Origin = { kind: 'structure', name: '' };
const namesOrigin: Origin = { kind: 'names', name: '' };

function originOfPart(kind: SizeKind, name: string): Origin {
  switch (kind) {
    case 'segment':
      return { kind: 'data', name: '' };
    case 'names':
      return namesOrigin;
    case 'custom':
      if (name === 'name') return namesOrigin;
      return name.startsWith('.debug_')
        ? { kind: 'debug', name: '' }
        : { kind: 'custom', name: shortText(name) };
    case 'unreadable':
      return unknownOrigin;
    default:
      return structure;
  }
}

function container(
  kind: SizeKind,
  parent: Container | null,
  start: number,
  { name = '', index = null, node = null }: Partial<Pick<Container, 'name' | 'index' | 'node'>> = {},
): Container {
  const own: Container = {
    kind,
    parent,
    start,
    name: shortText(name),
    index,
    node,
    bytes: 0,
    count: 1,
    restBytes: 0,
    restCount: 0,
    headBytes: 0,
    children: [],
  };
  parent?.children.push(own);
  return own;
}

function functionNames(raw: string | null): { readonly name: string; readonly mangled: string | null } {
  if (raw === null) return { name: '', mangled: null };
  const name = shortText(demangle(raw));
  const mangled = shortText(raw);
  return { name, mangled: mangled === name ? null : mangled };
}
