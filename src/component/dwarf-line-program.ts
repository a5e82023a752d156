import { ByteReader } from './bytes';
import { malformed } from './decode-error';
import { takeCString, takeFixed, takeForm, takeSigned, type DwarfStrings } from './dwarf-forms';

/** One unit of `.debug_line`: its file names, and the program that makes its rows. */
export interface LineUnit {
  /** Offset of the unit in the section, by which `.debug_info` refers to it. */
  readonly sectionOffset: number;
  readonly version: number;
  readonly directories: readonly string[];
  readonly files: readonly LineFile[];
  readonly minInstructionLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly operandCounts: readonly number[];
  /** A reader of the program. */
  readonly program: ByteReader;
}

export interface LineFile {
  readonly name: string;
  readonly directory: number;
}

/** Takes the header of a unit (DWARF 2 - 5). `reader` covers the unit behind its length. Null for other versions. */
export function takeLineUnit(
  reader: ByteReader,
  sectionOffset: number,
  strings: DwarfStrings,
): LineUnit | null {
  const version = takeFixed(reader, 2);
  if (version < 2 || version > 5) return null;
  if (version === 5) reader.skip(2); // sizes of addresses and of segment selectors
  const headerLength = takeFixed(reader, 4);
  const header = reader.part(headerLength);
  const minInstructionLength = header.u8();
  if (version >= 4) header.u8(); // operations per instruction
  header.u8(); // whether rows are statements by default
  const lineBase = (header.u8() << 24) >> 24;
  const lineRange = header.u8();
  if (lineRange === 0) throw malformed('a line program without lines', header.offset - 1);
  const opcodeBase = header.u8();
  const operandCounts = [0];
  for (let opcode = 1; opcode < opcodeBase; opcode++) operandCounts.push(header.u8());
  const names = version === 5 ? takeNames5(header, strings) : takeNames(header);
  return {
    sectionOffset,
    version,
    ...names,
    minInstructionLength,
    lineBase,
    lineRange,
    opcodeBase,
    operandCounts,
    program: reader,
  };
}

interface Names {
  readonly directories: readonly string[];
  readonly files: readonly LineFile[];
}

/** DWARF 2 - 4: directory 0 and file 0 are not listed; the first is the compilation's directory. */
function takeNames(header: ByteReader): Names {
  const directories = [''];
  for (let name = takeCString(header); name !== ''; name = takeCString(header)) directories.push(name);
  const files: LineFile[] = [{ name: '', directory: 0 }];
  for (let name = takeCString(header); name !== ''; name = takeCString(header)) {
    files.push({ name, directory: header.u32() });
    header.u64(); // time of modification
    header.u64(); // length
  }
  return { directories, files };
}

function takeNames5(header: ByteReader, strings: DwarfStrings): Names {
  const directories = takeEntries(header, strings).map(({ name }) => name);
  return { directories, files: takeEntries(header, strings) };
}

function takeEntries(header: ByteReader, strings: DwarfStrings): LineFile[] {
  const formats: { content: number; form: number }[] = [];
  for (let left = header.u8(); left > 0; left--) formats.push({ content: header.u32(), form: header.u32() });
  return header.list(() => {
    let name = '';
    let directory = 0;
    for (const { content, form } of formats) {
      const value = takeForm(form, header, { addressSize: 4, version: 5 }, strings);
      if (content === 1 && typeof value === 'string') name = value;
      if (content === 2 && typeof value === 'number') directory = value;
    }
    return { name, directory };
  });
}

/** A row of the table: what begins at an address. */
export interface LineRow {
  readonly file: number;
  readonly line: number;
}

/**
 * Finds the row that covers `address`; null if none does. Rows of one sequence follow each other; a row covers the addresses up to the next
 * one.
 */
export function findRow(unit: LineUnit, address: number): LineRow | null {
  let previous: (LineRow & { readonly address: number }) | null = null;
  let found: LineRow | null = null;
  eachRow(unit, (row, ends) => {
    if (previous !== null && previous.address <= address && address < row.address) found = previous;
    previous = ends ? null : { ...row };
    return found === null;
  });
  return found;
}

/**
 * Runs a unit's program (DWARF 5, 6.2.5) and tells every row, in an object that is used again for the next one, and whether the row ends its
 * sequence. Stops when `visit` returns false.
 */
export function eachRow(
  unit: LineUnit,
  visit: (row: LineRow & { readonly address: number }, ends: boolean) => boolean,
): void {
  const program = new ByteReader(unit.program.bytes, unit.program.offset, unit.program.end);
  const state = { address: 0, file: 1, line: 1 };
  while (!program.atEnd) {
    const step = takeStep(program, unit, state);
    if (step === 'continues') continue;
    if (!visit(state, step === 'ends')) return;
    if (step === 'ends') Object.assign(state, { address: 0, file: 1, line: 1 });
  }
}

/** Takes one instruction of a line program and changes the state by it. */
function takeStep(
  program: ByteReader,
  unit: LineUnit,
  state: { address: number; file: number; line: number },
): 'continues' | 'row' | 'ends' {
  const opcode = program.u8();
  if (opcode >= unit.opcodeBase) {
    const adjusted = opcode - unit.opcodeBase;
    state.address += Math.floor(adjusted / unit.lineRange) * unit.minInstructionLength;
    state.line += unit.lineBase + (adjusted % unit.lineRange);
    return 'row';
  }
  switch (opcode) {
    case 0: {
      const extended = program.part(program.u32());
      const code = extended.atEnd ? 0 : extended.u8();
      if (code === 2) state.address = takeFixed(extended, extended.remaining);
      return code === 1 ? 'ends' : 'continues';
    }
    case 1:
      return 'row';
    case 2:
      state.address += program.u64() * unit.minInstructionLength;
      break;
    case 3:
      state.line += takeSigned(program);
      break;
    case 4:
      state.file = program.u32();
      break;
    case 8:
      state.address += Math.floor((255 - unit.opcodeBase) / unit.lineRange) * unit.minInstructionLength;
      break;
    case 9:
      state.address += takeFixed(program, 2);
      break;
    default:
      for (let left = unit.operandCounts[opcode] ?? 0; left > 0; left--) program.u64();
  }
  return 'continues';
}
