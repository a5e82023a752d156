import nodePath, { type PlatformPath } from 'node:path';

/**
 * Whether a path as users write it means a file. On Windows `c:\x`, `C:/X` and `c:/x/../x` are the same; elsewhere case counts, and a
 * backslash is a character like others.
 * @param written relative to the folder, or absolute
 * @param file absolute path
 * @param folder absolute path
 * @param path the system's way with paths
 */
export function meansFile(
  written: string,
  file: string,
  folder: string,
  path: PlatformPath = nodePath,
): boolean {
  // Of a path to itself nothing is left; that comparison knows drive letters, both slashes, and case where it does not count.
  return path.relative(path.resolve(folder, written), file) === '';
}
