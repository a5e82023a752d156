import type { ByteReader } from './bytes';
import { malformed, unreadValues } from './decode-error';

/** What an export of a component is. */
export type ExportKind = 'module' | 'func' | 'value' | 'type' | 'component' | 'instance';

/** Takes an import's or export's name with its attributes (Binary.md, `nameattributes`), which are dropped. */
export function takeExternName(reader: ByteReader): string {
  const form = reader.u8();
  if (form > 2) throw malformed('an unknown form of name', reader.offset - 1);
  const name = reader.name();
  if (form === 2) reader.list(() => [reader.u8(), reader.name()]);
  return name;
}

/** Takes a sort byte pair for what components can import and export. */
export function takeSort(reader: ByteReader): ExportKind {
  const start = reader.offset;
  const sort = reader.u8();
  if (sort === 0 && reader.u8() === 0x11) return 'module';
  const kind = SORTS[sort];
  if (kind === undefined) throw malformed('an unknown kind of export', start);
  if (kind === 'value') throw unreadValues(start);
  return kind;
}

const SORTS: readonly (ExportKind | undefined)[] = [
  undefined,
  'func',
  'value',
  'type',
  'component',
  'instance',
];

/** The names in an import section. */
export function takeImportNames(reader: ByteReader): readonly string[] {
  return reader.list(() => {
    const name = takeExternName(reader);
    skipExternType(reader);
    return name;
  });
}

/** The names and kinds in an export section. */
export function takeExportNames(reader: ByteReader): readonly { name: string; kind: ExportKind }[] {
  return reader.list(() => {
    const name = takeExternName(reader);
    const kind = takeSort(reader);
    reader.u32();
    if (reader.u8() !== 0) skipExternType(reader);
    return { name, kind };
  });
}

function skipExternType(reader: ByteReader): void {
  const kind = takeSort(reader);
  if (kind === 'type') {
    if (reader.u8() === 0) reader.u32();
  } else {
    reader.u32();
  }
}
