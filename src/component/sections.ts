import type { ByteReader } from './bytes';
import { malformed } from './decode-error';

/** One section of a component or of a core module: its number and where its content lies in the file. */
export interface Section {
  readonly id: number;
  /** Offset of the content in the file. */
  readonly start: number;
  readonly end: number;
  /** Name of a custom section (id 0). */
  readonly name: string | null;
  /** A reader of the content; behind the name for a custom section. */
  readonly content: ByteReader;
}

/** Takes the next section from `reader`. Its content is not looked at, but for a custom section's name. */
export function takeSection(reader: ByteReader): Section {
  const id = reader.u8();
  const size = reader.u32();
  const content = reader.part(size);
  const start = content.offset;
  const name = id === 0 ? content.name() : null;
  return { id, start, end: content.end, name, content };
}

/** What the first eight bytes say a file is. */
export type Preamble = 'component' | 'module';

/** Takes magic, version and layer. Throws a `DecodeError` in plain words for anything else. */
export function takePreamble(reader: ByteReader): Preamble {
  const start = reader.offset;
  for (const expected of MAGIC) {
    if (reader.remaining > 0 && reader.peek() !== expected) throw malformed('not a WebAssembly file', start);
    reader.u8();
  }
  const version = reader.u8() | (reader.u8() << 8);
  const layer = reader.u8() | (reader.u8() << 8);
  if (layer === 1 && version === 0x0d) return 'component';
  if (layer === 0 && version === 1) return 'module';
  throw malformed(`an unknown binary version (${String(version)}, layer ${String(layer)})`, start + 4);
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
