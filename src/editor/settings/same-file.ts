import nodePath, { type PlatformPath } from 'node:path';

/**
 * Whether a path in a setting means a file. On Windows `c:\x`, `C:/X` and `c:/x/../x` are the same. Elsewhere
 * case counts, and a backslash is an ordinary character.
 * @param written relative to the folder, or absolute
 * @param file absolute path
 * @param folder absolute path
 * @param path the path functions of the system
 */
export function meansFile(
  written: string,
  file: string,
  folder: string,
  path: PlatformPath = nodePath,
): boolean {
  // The relative path of a file to itself is empty. `relative` handles drive letters, both slashes and case.
  return path.relative(path.resolve(folder, written), file) === '';
}
