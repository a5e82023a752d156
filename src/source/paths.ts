/**
 * Paths of both kinds of systems as text: `/` between the parts, no `.` and `..` parts, a drive letter in
 * lower case.
 */
export function normalisePath(path: string): string {
  const slashed = path.replace(/\\/g, '/').replace(/^[A-Z](?=:\/)/, (letter) => letter.toLowerCase());
  const parts: string[] = [];
  for (const part of slashed.split('/')) {
    if (part === '.' || (part === '' && parts.length > 0)) continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

/** Whether a normalised path starts at a root (`/`, `c:/`). */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:\//.test(path);
}

/** `path` as seen from `folder`, normalised. */
export function resolvePath(folder: string, path: string): string {
  const normal = normalisePath(path);
  return isAbsolutePath(normal) ? normal : normalisePath(`${folder}/${normal}`);
}

/** The folder of a normalised path; the root's is the empty text, as of a name alone. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last part of a normalised path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/**
 * Whether two normalised paths name the same file. Drives are of systems that do not tell upper from lower
 * case.
 */
export function samePath(a: string, b: string): boolean {
  return a === b || (/^[a-z]:\//.test(a) && a.toLowerCase() === b.toLowerCase());
}

/** The folders that hold a normalised path, nearest first, without the root. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== '' && folder !== '.'; folder = folderOf(folder))
    folders.push(folder);
  return folders;
}

/**
 * A glob of a setting as an expression over normalised paths: `*`, `**`, `?` and `{a,b}`; all else stands for
 * itself.
 */
export function globExpression(glob: string): RegExp {
  const source = normalisePath(glob).replace(/\*\*\/|\*\*|[*?{},]|[.+^$()|[\]\\]/g, (part) => {
    switch (part) {
      case '**/':
        return '(?:.*/)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        return '(?:';
      case '}':
        return ')';
      case ',':
        return glob.includes('{') ? '|' : ',';
      default:
        return `\\${part}`;
    }
  });
  return new RegExp(`^${source}$`, /^[a-z]:\//.test(normalisePath(glob)) ? 'i' : '');
}
