import { ByteReader } from '../bytes';
import { orNull } from '../optional';

/** A section of a file that may be damaged. */
export interface ScannedSection {
  readonly id: number;
  /** Offset of the section's id; the content begins behind id and size. */
  readonly start: number;
  /** Where the content lies; it ends with the part around it if the section claims more. */
  readonly content: { readonly start: number; readonly end: number };
  /** Name of a custom section, '' for the others. */
  readonly name: string;
}

/** The sections of one component or core module, as far as they can be read. */
export interface ScannedPart {
  readonly kind: 'component' | 'module' | 'unreadable';
  readonly start: number;
  readonly end: number;
  readonly sections: readonly ScannedSection[];
  /** Where the first byte lies that belongs to no section; `end` if all do. */
  readonly readTo: number;
}

/** More sections of one part are not looked at: there are some dozens in real files. */
const mostSections = 20_000;

/**
 * Finds the sections between two offsets, which should hold a component or a core module. Of a damaged one it gives what can be read: the last
 * section may be shorter than it claims to be.
 */
export function scanSections(bytes: Uint8Array, start: number, end: number): ScannedPart {
  const reader = new ByteReader(bytes, start, end);
  const kind = kindOf(bytes, start, end);
  const sections: ScannedSection[] = [];
  if (kind === 'unreadable') return { kind, start, end, sections, readTo: start };
  reader.skip(preambleBytes);
  while (!reader.atEnd && sections.length < mostSections) {
    const at = reader.offset;
    const head = orNull(() => ({ id: reader.u8(), size: reader.u32() }));
    if (head === null) return { kind, start, end, sections, readTo: at };
    const content = { start: reader.offset, end: Math.min(end, reader.offset + head.size) };
    sections.push({ id: head.id, start: at, content, name: head.id === 0 ? nameIn(bytes, content) : '' });
    reader.skip(content.end - content.start);
  }
  return { kind, start, end, sections, readTo: reader.offset };
}

/** How many components and core modules of a file are looked into. */
const mostParts = 2_000;

/**
 * The components and core modules of a file, each before what is in it, in the order of the file: core modules as they are numbered. Those that
 * cannot be read at all are left out.
 */
export function partsIn(bytes: Uint8Array): readonly ScannedPart[] {
  const parts: ScannedPart[] = [];
  const waiting: [start: number, end: number][] = [[0, bytes.length]];
  for (let next = waiting.pop(); next !== undefined && parts.length < mostParts; next = waiting.pop()) {
    const part = scanSections(bytes, ...next);
    if (part.kind !== 'unreadable') parts.push(part);
    if (part.kind !== 'component') continue;
    const inner = part.sections.filter(({ id }) => id === 1 || id === 4).map(({ content }) => content);
    for (const { start, end } of inner.reverse()) waiting.push([start, end]);
  }
  return parts;
}

/** Length of magic number, version and layer. */
export const preambleBytes = 8;

function kindOf(bytes: Uint8Array, start: number, end: number): ScannedPart['kind'] {
  if (end - start < preambleBytes) return 'unreadable';
  const [a, b, c, d, version, , layer] = bytes.subarray(start, start + preambleBytes);
  if (a !== 0 || b !== 0x61 || c !== 0x73 || d !== 0x6d) return 'unreadable';
  if (layer === 1 && version === 0x0d) return 'component';
  return layer === 0 && version === 1 ? 'module' : 'unreadable';
}

function nameIn(bytes: Uint8Array, { start, end }: ScannedSection['content']): string {
  return orNull(() => new ByteReader(bytes, start, end).name()) ?? '';
}
