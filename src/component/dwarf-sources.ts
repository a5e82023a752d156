import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { sourcePath } from './dwarf-lines';
import { compilationDirectories, dwarfStrings } from './dwarf-info';
import { takeLineUnit } from './dwarf-line-program';
import { takeFixed } from './dwarf-forms';
import { link } from './link';
import { orNull } from './optional';
import { readRunnable } from './read-runnable';

/** A program with more files than this is told from others by these. */
const mostFiles = 5_000;

/** Files that hold entry points; headers are named by every unit that includes them. */
const sourceEnding = /\.(?:c|cc|cpp|cxx|c\+\+|rs|go|zig|swift|ts|js|py|wat)$/i;

/**
 * The source files that a component was built from, as its debug information names them, from the line tables of its core modules
 * (DWARF 2 - 5). None for a component without any, or with malformed ones.
 */
export function dwarfSources(bytes: Uint8Array): readonly string[] {
  const component = readRunnable(bytes);
  if (!component.ok) return [];
  const sources = new Set<string>();
  for (const { module } of orNull(() => link(component.value))?.modules ?? []) {
    for (const source of orNull(() => sourcesOf(module)) ?? []) {
      if (sources.size >= mostFiles) return [...sources];
      sources.add(source);
    }
  }
  return [...sources];
}

function sourcesOf(module: CoreModule): readonly string[] {
  const section = module.customSection('.debug_line');
  if (section === null) return [];
  const strings = dwarfStrings(module);
  const directories = orNull(() => compilationDirectories(module, strings)) ?? new Map<number, string>();
  const { bytes, offset: start, end } = section.content;
  const reader = new ByteReader(bytes, start, end);
  const found: string[] = [];
  while (reader.remaining >= 4) {
    const sectionOffset = reader.offset - start;
    const content = reader.part(takeFixed(reader, 4));
    const unit = orNull(() => takeLineUnit(content, sectionOffset, strings));
    if (unit === null) continue;
    for (const index of unit.files.keys()) {
      const path = sourcePath(unit, index, directories.get(sectionOffset) ?? '');
      if (path !== null && sourceEnding.test(path)) found.push(path);
    }
  }
  return found;
}
