import { isAbsolute, join } from 'node:path';

/**
 * The folder that a component's relative source names are relative to: the first above the component that has one of the sources.
 * Compilers that are told to leave out where they ran (for reproducible builds) write relative names.
 * @param foldersAbove the component's folder first
 */
export function sourceRoot(
  names: readonly string[],
  foldersAbove: readonly string[],
  exists: (path: string) => boolean,
): string | undefined {
  return foldersAbove.find((folder) => names.some((name) => exists(`${folder}/${name}`))) ?? foldersAbove[0];
}

/** Each is looked for in every folder above; a hostile component could name a million. */
const mostNames = 500;

const sourceName = /(?<=\0)[\w.@+-][\w./@+-]*\.(?:c|cc|cpp|cxx|rs|zig|go)(?=\0)/g;

/**
 * Relative source names in a component's debug information. They are looked for as texts, wherever they are: a name too many only
 * means one more look at the disk.
 */
export function relativeSourceNames(bytes: Uint8Array): readonly string[] {
  return [...new Set(Buffer.from(bytes).toString('latin1').match(sourceName))].slice(0, mostNames);
}

/** Where a source is on this machine: by the source map if it has its folder, else below the root for a relative name. */
export function locateSource(
  name: string,
  root: string,
  sourceMap: Readonly<Record<string, string>>,
): string {
  for (const [from, to] of Object.entries(sourceMap)) {
    const folder = `${from.replace(/\/\*?$/, '')}/`;
    if (name.startsWith(folder)) return join(to.replace(/\/\*?$/, ''), name.slice(folder.length));
  }
  return isAbsolute(name) ? name : join(root, name);
}
