import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { takeFixed, takeForm, takeSigned, DwarfWork, type DwarfStrings } from './dwarf-forms';

const AT_STMT_LIST = 0x10;
const AT_COMP_DIR = 0x1b;

/**
 * The directories in which units were compiled, by the offset of the unit's lines in `.debug_line`. DWARF before 5
 * keeps them only in `.debug_info`, in the first entry of each unit. Throws `DecodeError`.
 */
export function compilationDirectories(
  module: CoreModule,
  strings: DwarfStrings,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const info = module.customSection('.debug_info')?.content;
  const abbreviations = module.customSection('.debug_abbrev')?.content;
  if (info === undefined || abbreviations === undefined) return found;
  const reader = new ByteReader(info.bytes, info.offset, info.end);
  while (reader.remaining >= 4) {
    const unit = reader.part(takeFixed(reader, 4));
    const version = takeFixed(unit, 2);
    if (version < 2 || version > 4) continue;
    const abbreviationOffset = takeFixed(unit, 4);
    const addressSize = unit.u8();
    const code = unit.u32();
    const start = abbreviations.offset + abbreviationOffset;
    if (start > abbreviations.end) continue;
    const table = new ByteReader(abbreviations.bytes, start, abbreviations.end);
    let lines: number | null = null;
    let directory: string | null = null;
    for (const { attribute, form } of attributesOf(table, code, strings.work)) {
      const value = takeForm(form, unit, { addressSize, version }, strings);
      if (attribute === AT_STMT_LIST && typeof value === 'number') lines = value;
      if (attribute === AT_COMP_DIR && typeof value === 'string') directory = value;
    }
    if (lines !== null && directory !== null) found.set(lines, directory);
  }
  return found;
}

interface Attribute {
  readonly attribute: number;
  readonly form: number;
}

/** The attributes of an abbreviation, from a table that begins at the reader's place. */
function attributesOf(table: ByteReader, code: number, work: DwarfWork): readonly Attribute[] {
  for (;;) {
    const found = table.u32();
    if (found === 0) return [];
    table.u32(); // tag
    table.u8(); // whether it has children
    const attributes: Attribute[] = [];
    for (;;) {
      work.spend(1);
      const attribute = table.u32();
      const form = table.u32();
      if (form === 0x21) takeSigned(table);
      if (attribute === 0 && form === 0) break;
      attributes.push({ attribute, form });
    }
    if (found === code) return attributes;
  }
}

/** The sections of a module that names in its debug information are in. */
export function dwarfStrings(module: CoreModule): DwarfStrings {
  return {
    str: module.customSection('.debug_str')?.content ?? null,
    lineStr: module.customSection('.debug_line_str')?.content ?? null,
    work: new DwarfWork(),
  };
}
