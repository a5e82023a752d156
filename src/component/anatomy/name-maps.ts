import { ByteReader } from '../bytes';
import { findName, nameSubsections, NameSubsection } from '../names';
import { orNull } from '../optional';
import type { ScannedPart, ScannedSection } from './scan-sections';

/** What a component or core module calls itself, null where it does not. */
export function moduleName(bytes: Uint8Array, { kind, sections }: ScannedPart): string | null {
  const wanted = kind === 'component' ? 'component-name' : 'name';
  const section = sections.findLast(({ id, name }) => id === 0 && name === wanted);
  if (section === undefined) return null;
  return orNull(() => {
    const reader = new ByteReader(bytes, section.content.start, section.content.end);
    reader.name();
    return findName(reader, NameSubsection.module, 0);
  });
}

/** The maps of a name section: what each names by its subsection id, and where it lies behind id and size. */
export function nameMaps(
  bytes: Uint8Array,
  { start, end }: ScannedSection['content'],
): readonly { readonly id: number; readonly start: number; readonly end: number }[] {
  const maps: { id: number; start: number; end: number }[] = [];
  orNull(() => {
    const reader = new ByteReader(bytes, start, end);
    reader.name();
    for (const { id, content } of nameSubsections(reader)) {
      maps.push({ id, start: content.offset, end: content.end });
      if (maps.length >= mostMaps) break;
    }
  });
  return maps;
}

/** There are twelve kinds of maps. */
const mostMaps = 20;
