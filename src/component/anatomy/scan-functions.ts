import { ByteReader } from '../bytes';
import { takeCoreExternType } from '../core-types';
import { orNull } from '../optional';
import type { ScannedPart, ScannedSection } from './scan-sections';

/** The bodies of a module's functions, as far as they can be read. */
export interface ScannedFunctions {
  /** The content of the code section, null if there is none. */
  readonly section: ScannedSection['content'] | null;
  /** How many functions are imported: indices count these first. */
  readonly imported: number;
  /** Where each body (locals and code, without its size) begins and ends. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly count: number;
  /** Where the last body that is whole ends. */
  readonly readTo: number;
}

/** Finds the function bodies of a module that may be damaged. */
export function scanFunctions(bytes: Uint8Array, module: ScannedPart): ScannedFunctions {
  const imported = importedFunctions(bytes, module);
  const section = module.sections.find(({ id }) => id === 10)?.content ?? null;
  const none = { section, imported, starts: new Uint32Array(), ends: new Uint32Array(), count: 0 };
  if (section === null) return { ...none, readTo: 0 };
  const reader = new ByteReader(bytes, section.start, section.end);
  const claimed = orNull(() => reader.u32());
  if (claimed === null) return { ...none, readTo: section.start };
  // A body takes two bytes at least, whatever the section claims.
  const most = Math.floor(Math.min(claimed, reader.remaining / 2));
  const [starts, ends] = [new Uint32Array(most), new Uint32Array(most)];
  let count = 0;
  let readTo = reader.offset;
  orNull(() => {
    for (; count < most; count++) {
      const size = reader.u32();
      const start = reader.offset;
      reader.skip(size);
      starts[count] = start;
      ends[count] = readTo = reader.offset;
    }
  });
  return { section, imported, starts, ends, count, readTo };
}

function importedFunctions(bytes: Uint8Array, module: ScannedPart): number {
  const section = module.sections.find(({ id }) => id === 2)?.content;
  if (section === undefined) return 0;
  let found = 0;
  orNull(() => {
    const reader = new ByteReader(bytes, section.start, section.end);
    for (let left = reader.count(); left > 0; left--) {
      reader.skip(reader.u32());
      reader.skip(reader.u32());
      if (takeCoreExternType(reader).kind === 'func') found += 1;
    }
  });
  return found;
}
