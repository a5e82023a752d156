import nodePath, { type PlatformPath } from 'node:path';

/** Whether an absolute path is that of a folder or of something in it. A name may begin with two dots, as `..bin` does. */
export function isWithin(file: string, folder: string, path: PlatformPath = nodePath): boolean {
  const way = path.relative(folder, file);
  return way === '' || (way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way));
}
