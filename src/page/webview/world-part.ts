import type { PageTexts, World, WorldNode } from '../messages';
import { details } from './details';
import { element, words } from './dom';
import { pageButton } from './overview';
import { send } from './send';

/** Interfaces with at most so many parts are open at first. */
const openUpTo = 8;

/** What the file imports, with who provides it, and what it exports. */
export function worldPart(world: World, texts: PageTexts): Node {
  return element(
    'section',
    { id: 'world' },
    element('h2', {}, texts.world),
    world.problem === undefined ? undefined : element('p', {}, ...words(world.problem)),
    ...(world.problem === undefined
      ? [
          element('h3', {}, `${texts.exports} (${String(world.exports.length)})`),
          list('exports', world.exports, texts.nothingExported, texts),
          imports(world, texts),
        ]
      : []),
  );
}

/** The imports are open where something is missing: else they are WASI's, and long. */
function imports(world: World, texts: PageTexts): Node {
  const isMissing = world.imports.some(({ provider }) => provider?.isMissing === true);
  if (world.imports.length === 0) return element('p', { class: 'quiet' }, texts.nothingImported);
  return details(
    'imports',
    isMissing,
    [
      element('h3', {}, `${texts.imports} (${String(world.imports.length)})`),
      element('span', { class: isMissing ? 'provider missing' : 'provider' }, world.provision),
    ],
    () => [list('imports', world.imports, texts.nothingImported, texts)],
  );
}

function list(key: string, nodes: readonly WorldNode[], none: string, texts: PageTexts): Node {
  return nodes.length === 0
    ? element('p', { class: 'quiet' }, none)
    : element('ul', { class: 'tree', id: key }, ...nodes.map((node) => item(key, node, texts)));
}

function item(path: string, node: WorldNode, texts: PageTexts): Node {
  const { name, kind, wit, docs, provider, call, items } = node;
  const key = `${path}/${name}`;
  const provided =
    provider &&
    element('span', { class: provider.isMissing ? 'provider missing' : 'provider' }, provider.text);
  const provide = provider?.isMissing
    ? pageButton(
        { action: 'imports', label: texts.provide },
        () => {
          send({ type: 'action', action: 'imports' });
        },
        `${texts.provide} ${name}`,
      )
    : undefined;
  const about = docs === '' ? undefined : element('p', { class: 'docs' }, docs);
  if (items.length > 0) {
    const open = path === 'exports' && items.length <= openUpTo;
    const inside = () => [
      about,
      element('ul', { class: 'tree' }, ...items.map((each) => item(key, each, texts))),
    ];
    return element('li', {}, details(key, open, [element('code', {}, name), ' ', provided], inside), provide);
  }
  if (kind === 'type' && wit.includes('\n')) {
    const shown = () => [about, element('pre', { tabindex: '0' }, wit)];
    return element('li', {}, details(key, false, [element('code', {}, wit.split(' {')[0] ?? name)], shown));
  }
  const caller =
    call &&
    pageButton(
      { action: 'call', label: texts.call },
      () => {
        send({ type: 'call', export: call });
      },
      `${texts.call} ${name}`,
    );
  return element(
    'li',
    { class: 'leaf' },
    element('code', {}, element('span', { class: 'name' }, name), wit === '' ? '' : `: ${wit}`),
    ' ',
    provided,
    provide,
    caller,
    about,
  );
}
