import { ByteReader } from './bytes';
import { DecodeError, type DecodeProblem } from './decode-error';
import { takePreamble, takeSection, type Preamble } from './sections';

/** A section of a damaged file that is there in full. */
export interface WholeSection {
  readonly id: number;
  /** Name of a custom section (id 0). */
  readonly name: string | null;
  /** Where its content lies in the file. */
  readonly start: number;
  readonly end: number;
}

/** What can be read of a damaged file. */
export interface Damage {
  /** Null if not even the first eight bytes are those of a WebAssembly file. */
  readonly preamble: Preamble | null;
  /** The sections before the damage, of the outermost component or module. */
  readonly sections: readonly WholeSection[];
  /** The section in which the damage is: how long it says it is, as far as its head can be read. Null if its head cannot be read. */
  readonly broken: { readonly id: number; readonly start: number; readonly saysEnd: number } | null;
  /** Where reading stopped, in the file. */
  readonly offset: number;
  /** The byte there; null at the file's end. */
  readonly byte: number | null;
  readonly sizeBytes: number;
}

/** Tells what can be read of a file up to a problem that was found in it. */
export function readDamage(bytes: Uint8Array, problem: DecodeProblem): Damage {
  const sections: WholeSection[] = [];
  let preamble: Preamble | null = null;
  let broken: Damage['broken'] = null;
  const reader = new ByteReader(bytes);
  try {
    preamble = takePreamble(reader);
    while (!reader.atEnd && broken === null) {
      const head = headAt(bytes, reader.offset);
      broken = head;
      const { id, name, start, end } = takeSection(reader);
      const isBroken = problem.offset >= start && problem.offset < end;
      if (!isBroken) {
        broken = null;
        sections.push({ id, name, start, end });
      }
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  const { offset } = problem;
  return { preamble, sections, broken, offset, byte: bytes[offset] ?? null, sizeBytes: bytes.length };
}

/** What the head of a section says, even where its content is not there in full. */
function headAt(bytes: Uint8Array, offset: number): Damage['broken'] {
  const reader = new ByteReader(bytes, offset, bytes.length);
  try {
    const id = reader.u8();
    const size = reader.u32();
    return { id, start: reader.offset, saysEnd: reader.offset + size };
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}
