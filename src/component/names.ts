import type { ByteReader } from './bytes';
import { DecodeError } from './decode-error';

/** Subsections of a core module's name section that we look into. */
export const NameSubsection = { module: 0, functions: 1, globals: 7 } as const;

/**
 * The parts of a name section, from where the reader stands. Each is yielded before the next is read. Throws `DecodeError` at one that is
 * malformed.
 */
export function* nameSubsections(
  section: ByteReader,
): Generator<{ readonly id: number; readonly content: ByteReader }> {
  while (!section.atEnd) {
    const id = section.u8();
    yield { id, content: section.part(section.u32()) };
  }
}

/**
 * Looks a name up in the content of a name section without keeping the others: a large module has tens of thousands.
 * Null if it has none, or if the section is malformed (which does not make the module invalid).
 */
export function findName(section: ByteReader, subsection: number, index: number): string | null {
  try {
    for (const { id, content } of nameSubsections(section)) {
      if (id !== subsection) continue;
      return id === NameSubsection.module ? content.name() : findInMap(content, index);
    }
    return null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function findInMap(content: ByteReader, index: number): string | null {
  for (let left = content.count(); left > 0; left--) {
    if (content.u32() === index) return content.name();
    content.skip(content.u32());
  }
  return null;
}
