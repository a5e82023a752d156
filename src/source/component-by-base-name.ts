import { baseName, folderOf, foldersAbove } from './paths';
import type { ComponentCandidate, Located } from './component-candidate';

/**
 * Names that say what a file is in its folder, not what it makes. The component then has the folder's name.
 */
const general = new Set(['main', 'lib', 'mod', 'index', 'app', 'guest', 'component']);

/** Folder names that say nothing about the component. */
const layoutFolders = new Set(['src', 'source', 'cmd', 'guest', 'app', 'lib']);

/**
 * How many folders above the source a component may be looked for: `project/src/a.c` makes
 * `project/build/a.wasm`.
 */
const maxFoldersAbove = 2;

/**
 * Components with the base name of `source` (`a.c`: `a.wasm`, `a.component.wasm`, `a-component.wasm`), in the
 * nearest folder with one.
 */
export function findByBaseName(source: string, located: readonly Located[]): readonly ComponentCandidate[] {
  return findByNames(namesOf(source), source, located);
}

/** Components with the name of a world of the WIT file `source`. */
export function findByWorld(
  world: string,
  source: string,
  located: readonly Located[],
): readonly ComponentCandidate[] {
  return findByNames([world, world.replaceAll('-', '_')], source, located);
}

function findByNames(
  names: readonly string[],
  source: string,
  located: readonly Located[],
): readonly ComponentCandidate[] {
  if (names.length === 0) return [];
  const called = located.flatMap(({ component, path }) => {
    const name = baseName(path)
      .replace(/\.wasm$/, '')
      .replace(/[._-](?:component|command|wasi|wasip[123]|opt|debug|release)$/, '');
    return names.includes(name) ? [{ component, path, reason: { type: 'same-name', name } as const }] : [];
  });
  for (const folder of foldersAbove(source).slice(0, maxFoldersAbove + 1)) {
    const here = called.filter(({ path }) => path.startsWith(`${folder}/`));
    if (here.length > 0) return here.map(({ component, reason }) => ({ component, reason }));
  }
  return [];
}

/** Endings of files that can be the source of a component. */
const sourceEnding = /\.(?:c|cc|cpp|cxx|c\+\+|rs|go|js|mjs|cjs|ts|mts|cts|py|wat|as\.ts|wit)$/;

function namesOf(source: string): readonly string[] {
  if (!sourceEnding.test(source)) return [];
  const own = baseName(source).replace(sourceEnding, '');
  if (!general.has(own)) return [own];
  const folder = foldersAbove(source)
    .map(baseName)
    .find((name) => !layoutFolders.has(name));
  return folder === undefined || folderOf(source) === '' ? [own] : [own, folder];
}
