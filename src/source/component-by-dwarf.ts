import { foldersAbove, isAbsolutePath, normalisePath, resolvePath, samePath } from './paths';
import type { ComponentCandidate, Located } from './component-candidate';

/** Components whose debug information names `source`, built here or elsewhere. */
export function findByDwarf(source: string, located: readonly Located[]): readonly ComponentCandidate[] {
  return located.flatMap(({ component, path }) => {
    const name = component.dwarfSources?.find((written) => namesSource(normalisePath(written), source, path));
    return name === undefined ? [] : [{ component, reason: { type: 'dwarf', name } as const }];
  });
}

/** Sources of toolchains and packages: their names say nothing about the user's files. */
const foreign =
  /\/rustc\/|\/\.cargo\/|\/\.rustup\/|\/library\/(?:std|core|alloc)\/|\/go\/pkg\/mod\/|\/node_modules\//;

/**
 * A relative name is looked up from the component's folder and every folder above it. So is the end of an
 * absolute one, for a component that was built elsewhere (in a container, or with a path map): at least two
 * parts of it, so that not every `main.c` is meant.
 */
function namesSource(name: string, source: string, componentPath: string): boolean {
  if (samePath(name, source)) return true;
  const folders = foldersAbove(componentPath);
  if (!isAbsolutePath(name)) return folders.some((folder) => samePath(resolvePath(folder, name), source));
  if (foreign.test(name)) return false;
  const parts = name.split('/').filter((part) => part !== '');
  const ends = parts.slice(0, -1).map((_, index) => parts.slice(index).join('/'));
  return folders.some((folder) => ends.some((end) => samePath(`${folder}/${end}`, source)));
}
