import { lstatSync, readlinkSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Where a descriptor is: the names that lead to it from the root of its grant, none of them a link. */
export interface Place {
  /** The granted directory, its own links followed. */
  readonly root: string;
  readonly names: readonly string[];
}

/** As many links as Linux follows. */
const mostLinks = 40;

/**
 * Follows a guest's path from a place, as far as it exists, and gives where it leads. Refuses with
 * `not-permitted` what leaves the grant, be it by `..`, by an absolute path or by a link, also by a link
 * behind a link.
 * @param followLast whether a link at the path's end is followed
 * @param refuse throws the way the shim does
 */
export function confine(
  { root, names }: Place,
  path: string,
  followLast: boolean,
  refuse: (code: 'not-permitted' | 'loop') => never,
): Place {
  const reached = [...names];
  const ahead = namesOf(path, refuse);
  let links = 0;
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    if (name === '..') {
      if (reached.pop() === undefined) refuse('not-permitted');
      continue;
    }
    const target = ahead.length > 0 || followLast ? linkTarget(join(root, ...reached, name)) : undefined;
    if (target === undefined) reached.push(name);
    else {
      links += 1;
      if (links > mostLinks) refuse('loop');
      ahead.unshift(...namesOf(target, refuse));
    }
  }
  return { root, names: reached };
}

function namesOf(path: string, refuse: (code: 'not-permitted') => never): string[] {
  const plain = path.replaceAll('\\', '/');
  if (isAbsolute(plain) || plain.startsWith('/')) refuse('not-permitted');
  return plain.split('/').filter((name) => name !== '' && name !== '.');
}

/** What a link holds; undefined for anything else, also for what is not there. */
function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}
