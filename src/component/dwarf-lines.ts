import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { compilationDirectories, dwarfStrings } from './dwarf-info';
import { findRow, takeLineUnit, type LineUnit } from './dwarf-line-program';
import { takeFixed } from './dwarf-forms';
import { orNull } from './optional';
import { plainText } from '../base/sanitize';

/** A line of a source file. Lines count from 1; the path is as the compiler was told it. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** Finds the source line of an offset in a core module; null where none is known. */
export type LineTable = (codeOffset: number) => SourceLine | null;

const tables = new WeakMap<CoreModule, LineTable>();

/**
 * The line table of a core module, from its `.debug_line` section (DWARF 2 - 5). Cheap to make: units are looked into
 * when an offset that may be theirs is asked for. A malformed section means that no line is known.
 */
export function lineTable(module: CoreModule): LineTable {
  const known = tables.get(module);
  if (known !== undefined) return known;
  const table = orNull(() => makeTable(module)) ?? (() => null);
  tables.set(module, table);
  return table;
}

/** How much of a line program is run in the time of one step of other debug information. */
const programBytesPerStep = 8;

/** A part of a unit that begins at an address: a function, as linkers for WebAssembly lay them out. */
interface Sequence {
  readonly address: number;
  readonly unit: RawUnit;
}

/** A unit before its header is decoded. */
interface RawUnit {
  readonly sectionOffset: number;
  readonly start: number;
  readonly end: number;
}

function makeTable(module: CoreModule): LineTable {
  const section = module.customSection('.debug_line');
  const { codeStart } = module;
  if (section === null || codeStart === null) return () => null;
  const sequences = findSequences(section.content);
  const strings = dwarfStrings(module);
  const units = new Map<RawUnit, LineUnit | null>();
  const unitOf = (raw: RawUnit) => {
    let unit = units.get(raw);
    if (unit === undefined) {
      const reader = new ByteReader(module.bytes, raw.start, raw.end);
      unit = orNull(() => takeLineUnit(reader, raw.sectionOffset, strings));
      units.set(raw, unit);
    }
    return unit;
  };
  const rowOf = (unit: LineUnit, address: number) => {
    strings.work.spend(unit.program.remaining / programBytesPerStep);
    return findRow(unit, address);
  };
  let directories: ReadonlyMap<number, string> | null = null;
  return (codeOffset) => {
    const address = codeOffset - (codeStart - module.start);
    for (const unit of candidates(sequences, address).map(unitOf)) {
      const row = unit === null ? null : orNull(() => rowOf(unit, address));
      if (unit === null || row === null) continue;
      directories ??= orNull(() => compilationDirectories(module, strings)) ?? new Map<number, string>();
      const file = sourcePath(unit, row.file, directories.get(unit.sectionOffset) ?? '');
      return row.line === 0 || file === null ? null : { file, line: row.line };
    }
    return null;
  };
}

/**
 * Where sequences begin: every sequence sets its address with the bytes 0, 5, 2 and four more. Those bytes may also
 * be something else, which makes a candidate that turns out to be none.
 */
function findSequences(content: ByteReader): readonly Sequence[] {
  const found: Sequence[] = [];
  for (const { sectionOffset, unit } of rawUnits(content)) {
    const raw = { sectionOffset, start: unit.offset, end: unit.end };
    const bytes = Buffer.from(unit.bytes.buffer, unit.bytes.byteOffset + raw.start, raw.end - raw.start);
    for (let at = bytes.indexOf(SET_ADDRESS); at >= 0; at = bytes.indexOf(SET_ADDRESS, at + 1)) {
      if (at + 7 <= bytes.length) found.push({ address: bytes.readUInt32LE(at + 3), unit: raw });
    }
  }
  return found.sort((left, right) => left.address - right.address);
}

/** The units in the content of a `.debug_line` section, each found when it is asked for. */
function* rawUnits(
  content: ByteReader,
): Generator<{ readonly sectionOffset: number; readonly unit: ByteReader }> {
  const reader = new ByteReader(content.bytes, content.offset, content.end);
  while (reader.remaining >= 4) {
    const sectionOffset = reader.offset - content.offset;
    yield { sectionOffset, unit: reader.part(takeFixed(reader, 4)) };
  }
}

/**
 * The units of the `.debug_line` section of a core module in their order, each with the folder that it was compiled in. One that cannot be
 * decoded is left out; throws `DecodeError` at one that does not fit into the section.
 */
export function* lineUnits(
  module: CoreModule,
): Generator<{ readonly unit: LineUnit; readonly directory: string }> {
  const section = module.customSection('.debug_line');
  if (section === null) return;
  const strings = dwarfStrings(module);
  const directories = orNull(() => compilationDirectories(module, strings)) ?? new Map<number, string>();
  for (const { sectionOffset, unit: content } of rawUnits(section.content)) {
    const unit = orNull(() => takeLineUnit(content, sectionOffset, strings));
    if (unit !== null) yield { unit, directory: directories.get(sectionOffset) ?? '' };
  }
}

const SET_ADDRESS = Uint8Array.of(0x00, 0x05, 0x02);

/** How many units are looked into for one address: the nearest sequence is nearly always the right one. */
const MAX_CANDIDATES = 4;

function candidates(sequences: readonly Sequence[], address: number): readonly RawUnit[] {
  let low = 0;
  let high = sequences.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sequences[middle]?.address ?? Infinity) <= address) low = middle + 1;
    else high = middle;
  }
  const units = new Set<RawUnit>();
  for (let index = low - 1; index >= 0 && units.size < MAX_CANDIDATES; index--) {
    const sequence = sequences[index];
    if (sequence !== undefined) units.add(sequence.unit);
  }
  return [...units];
}

/** The path of a file of a unit, with the folders that it is relative to; null for a file that the unit does not have. */
export function sourcePath(unit: LineUnit, fileIndex: number, compilationDirectory: string): string | null {
  const file = unit.files[fileIndex];
  if (file === undefined || file.name === '') return null;
  const directory = unit.directories[file.directory] ?? '';
  // In DWARF 5 the first directory is the compilation's, and others may be relative to it.
  const base = unit.version >= 5 ? (unit.directories[0] ?? '') : compilationDirectory;
  return plainText(joinPaths(joinPaths(base, directory === base ? '' : directory), file.name));
}

function joinPaths(base: string, path: string): string {
  if (path === '' || path === '.') return base;
  if (base === '' || base === '.' || path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return path;
  return `${base.replace(/[\\/]$/, '')}/${path}`;
}
