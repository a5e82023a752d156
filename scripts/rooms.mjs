// @ts-check
// The rooms of src and what each may import. Lint zones, the layer check and the bundle test are generated from this one table.

/**
 * What each room may import, besides itself. `engine/wire` stands for every file of engine whose name begins with `wire`.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const arrows = {
  base: [],
  page: ['base'],
  component: ['base'],
  reuse: ['base', 'component'],
  source: ['base', 'component'],
  instance: ['base', 'component', 'reuse'],
  engine: ['base', 'component', 'reuse', 'instance'],
  calls: ['base', 'component', 'reuse', 'instance', 'engine'],
  serve: ['base', 'component', 'reuse', 'instance', 'engine', 'calls'],
  runner: ['base', 'component', 'engine/wire'],
  words: ['base', 'component', 'reuse', 'instance', 'engine', 'calls', 'serve'],
  editor: ['base', 'component', 'reuse', 'source', 'instance', 'engine', 'calls', 'words', 'page/messages'],
  cli: ['base', 'component', 'reuse', 'instance', 'engine', 'calls', 'serve', 'words'],
};

export const rooms = Object.keys(arrows);

/** The only places that know `vscode`. */
export const vscodeUsers = ['src/editor/', 'src/extension.ts'];

/**
 * What a room must not import, as regular expressions over paths below src, such as `editor/` or `engine/(?!wire)`.
 * @param {string} room
 * @returns {readonly {readonly room: string, readonly path: string}[]}
 */
export function forbiddenTo(room) {
  const allowed = arrows[room] ?? [];
  return rooms
    .filter((other) => other !== room && !allowed.includes(other))
    .map((other) => {
      const parts = allowed
        .filter((name) => name.startsWith(`${other}/`))
        .map((name) => name.slice(other.length + 1));
      return { room: other, path: parts.length === 0 ? `${other}/` : `${other}/(?!${parts.join('|')})` };
    });
}

/**
 * A room and all that it may import.
 * @param {string} room
 * @returns {readonly string[]}
 */
function withArrows(room) {
  return [...(arrows[room] ?? []), room];
}

const shims = /preview[23]-shim/;
/** The library, and our patches of what it generates. */
const jco = /@bytecodealliance\/jco|\/jco-patches\//;

/**
 * The bundles that scripts/build.mjs makes: the rooms whose files each may hold, and what else it must not.
 * @type {Readonly<Record<string, {readonly rooms: readonly string[], readonly never?: readonly RegExp[]}>>}
 */
export const bundles = {
  extension: {
    rooms: withArrows('editor'),
    never: [/^src\/engine\/transpiler\/(main|transpile)\./, shims, jco],
  },
  // What has to be loaded before `run` can start its process: as little as possible.
  cli: {
    rooms: [
      'base',
      'component/trap',
      'component/import-fault',
      'instance',
      'engine',
      'calls',
      'words',
      'cli',
    ],
    never: [/^src\/engine\/engine\./, shims, jco],
  },
  'cli-run': { rooms: ['base', 'component', 'instance', 'engine', 'calls', 'words', 'cli'], never: [shims] },
  'cli-more': {
    rooms: ['base', 'component', 'reuse', 'instance', 'engine', 'calls', 'words', 'cli'],
    never: [shims],
  },
  runner: { rooms: withArrows('runner'), never: [jco] },
  'runner-serve': { rooms: withArrows('runner'), never: [jco, shims] },
  'runner-wasi': { rooms: withArrows('runner') },
  'cli-serve': {
    rooms: ['base', 'component', 'instance', 'engine', 'calls', 'serve', 'words', 'cli'],
    never: [shims],
  },
  'component-reader': {
    rooms: ['base', 'component', 'reuse', 'instance', 'engine', 'editor'],
    never: [shims, jco],
  },
  page: { rooms: withArrows('page'), never: [shims, jco] },
  'anatomy-worker': {
    rooms: ['base', 'component', 'instance', 'engine', 'editor'],
    never: [shims, jco],
  },
  'source-worker': { rooms: withArrows('source') },
  transpiler: { rooms: ['base', 'component', 'engine'] },
  watchdog: { rooms: ['engine'], never: [shims, jco] },
};

/**
 * Whether a file may be in a bundle.
 * @param {string} bundle a name in {@link bundles}
 * @param {string} file as esbuild's metafile names it, such as `src/engine/wire.ts`
 */
export function mayHold(bundle, file) {
  const { rooms: allowed, never = [] } = bundles[bundle] ?? { rooms: [] };
  if (never.some((pattern) => pattern.test(file))) return false;
  if (!file.startsWith('src/')) return true;
  if (file === 'src/extension.ts') return bundle === 'extension';
  return allowed.some((room) => file.startsWith(`src/${room}${room.includes('/') ? '' : '/'}`));
}
