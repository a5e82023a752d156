import type { ByteReader } from './bytes';
import { malformed } from './decode-error';

/** The string sections that attributes refer to; null for one that a module has not. */
export interface DwarfStrings {
  readonly str: ByteReader | null;
  readonly lineStr: ByteReader | null;
  readonly work: DwarfWork;
}

/** Steps that the debug information of one module may take: some tenths of a second. */
const mostSteps = 20_000_000;

/** No path or name is longer. */
const longestStringBytes = 4096;

/** How much of a string is read in the time of one step. */
const stringBytesPerStep = 8;

/** Bounds how long debug information is read: a few bytes of it may refer to many others, again and again. */
export class DwarfWork {
  #left = mostSteps;

  /** Throws `DecodeError` if all together is too much. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw malformed('debug information that refers to itself too often', 0);
  }
}

/** Sizes that a unit's header decides. */
export interface UnitSizes {
  readonly addressSize: number;
  readonly version: number;
}

/** A little-endian number of 1 to 8 bytes; exact below 2^53. */
export function takeFixed(reader: ByteReader, size: number): number {
  let value = 0;
  let scale = 1;
  for (let index = 0; index < size; index++) {
    value += reader.u8() * scale;
    scale *= 256;
  }
  return value;
}

/** A signed LEB128 number as a JavaScript number (exact below 2^53). */
export function takeSigned(reader: ByteReader): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = reader.u8();
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if ((byte & 0x80) === 0) return (byte & 0x40) === 0 ? value : value - scale;
    if (scale > 2 ** 70) throw malformed('a number that is too long', reader.offset);
  }
}

/** A string that ends with a zero byte. */
export function takeCString(reader: ByteReader): string {
  const start = reader.offset;
  while (reader.u8() !== 0);
  return new TextDecoder().decode(reader.bytes.subarray(start, reader.offset - 1));
}

/** How many bytes a number takes, by its form (DWARF 5, 7.5.6); 0 for other forms. */
const fixedBytes = new Uint8Array(0x2d);
for (const [bytes, forms] of [
  [1, [0x0b, 0x0c, 0x11, 0x25, 0x29]], // data1, flag, ref1, strx1, addrx1
  [2, [0x05, 0x12, 0x26, 0x2a]], // data2, ref2, strx2, addrx2
  [3, [0x27, 0x2b]], // strx3, addrx3
  [4, [0x06, 0x13, 0x17, 0x1c, 0x1d, 0x28, 0x2c]], // data4, ref4, sec_offset, ref_sup4, strp_sup, strx4, addrx4
  [8, [0x07, 0x14, 0x20, 0x24]], // data8, ref8, ref_sig8, ref_sup8
] as const)
  for (const form of forms) fixedBytes[form] = bytes;

/**
 * Takes the value of an attribute (DWARF 5, 7.5.6). Strings come as text, blocks as null, everything else as a number.
 * Only the 32-bit format is known: no producer of WebAssembly writes the other.
 */
export function takeForm(
  form: number,
  reader: ByteReader,
  sizes: UnitSizes,
  strings: DwarfStrings,
): string | number | null {
  strings.work.spend(1);
  const bytes = fixedBytes[form] ?? 0;
  if (bytes > 0) return takeFixed(reader, bytes);
  switch (form) {
    case 0x01: // addr
      return takeFixed(reader, sizes.addressSize);
    case 0x10: // ref_addr: an address in DWARF 2, an offset since
      return takeFixed(reader, sizes.version <= 2 ? sizes.addressSize : 4);
    case 0x03: // block2
      reader.skip(takeFixed(reader, 2));
      return null;
    case 0x04: // block4
      reader.skip(takeFixed(reader, 4));
      return null;
    case 0x09: // block
    case 0x18: // exprloc
      reader.skip(reader.u32());
      return null;
    case 0x0a: // block1
      reader.skip(reader.u8());
      return null;
    case 0x1e: // data16
      reader.skip(16);
      return null;
    case 0x08: // string
      return takeCString(reader);
    case 0x0e: // strp
      return stringAt(strings.str, takeFixed(reader, 4), strings.work);
    case 0x1f: // line_strp
      return stringAt(strings.lineStr, takeFixed(reader, 4), strings.work);
    case 0x0d: // sdata
      return takeSigned(reader);
    case 0x0f: // udata
    case 0x15: // ref_udata
    case 0x1a: // strx
    case 0x1b: // addrx
    case 0x22: // loclistx
    case 0x23: // rnglistx
      return reader.u64();
    case 0x16: // indirect
      return takeForm(indirectForm(reader), reader, sizes, strings);
    case 0x19: // flag_present
    case 0x21: // implicit_const, whose value stands with the abbreviation
      return 0;
    default:
      throw malformed('an unknown form of attribute', reader.offset);
  }
}

function indirectForm(reader: ByteReader): number {
  const form = reader.u32();
  if (form === 0x16) throw malformed('an attribute of no form', reader.offset);
  return form;
}

function stringAt(section: ByteReader | null, offset: number, work: DwarfWork): string {
  if (section === null) return '';
  const at = section.offset + offset;
  if (at >= section.end) return '';
  const bytes = section.bytes.subarray(at, Math.min(section.end, at + longestStringBytes));
  const end = bytes.indexOf(0);
  const length = end < 0 ? bytes.length : end;
  work.spend(length / stringBytesPerStep);
  return new TextDecoder().decode(bytes.subarray(0, length));
}
