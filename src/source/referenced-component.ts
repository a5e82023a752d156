import { findByBaseName } from './component-by-base-name';
import type { KnownComponent } from './component-candidate';
import type { ComponentReference } from './host/values';
import { folderOf, foldersAbove, normalisePath, resolvePath, samePath } from './paths';

/**
 * The known components that a host program means, newest build first; none if it names none of them. A .wasm
 * file is looked for from the program's folder and every folder above it, since the program may be started in
 * any of them; a module that jco made is assumed to have its component's name.
 */
export function referencedComponents(
  reference: ComponentReference,
  hostFile: string,
  components: readonly KnownComponent[],
): readonly KnownComponent[] {
  const host = normalisePath(hostFile);
  const located = components.map((component) => ({ component, path: normalisePath(component.path) }));
  const name = reference.type === 'file' ? reference.path : reference.specifier.replace(/\?.*$/, '');
  if (name.endsWith('.wasm')) {
    for (const folder of foldersAbove(host)) {
      const found = located.filter(({ path }) => samePath(path, resolvePath(folder, name)));
      if (found.length > 0) return found.map(({ component }) => component);
    }
    return [];
  }
  return findByBaseName(resolvePath(folderOf(host), name), located)
    .map(({ component }) => component)
    .sort((a, b) => b.mtimeMs - a.mtimeMs);
}
