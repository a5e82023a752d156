import type { CoreModule } from './core-module';
import { lineUnits, sourcePath } from './dwarf-lines';
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
  const found: string[] = [];
  for (const { unit, directory } of lineUnits(module)) {
    for (const index of unit.files.keys()) {
      const path = sourcePath(unit, index, directory);
      if (path !== null && sourceEnding.test(path)) found.push(path);
    }
  }
  return found;
}
