import type { GraphNode, PageTexts, StructurePart } from '../messages';
import { details } from './details';
import { element, names, onPress, svg, type Child } from './dom';
import { box, layOut, type Place } from './graph-layout';
import { pageButton } from './overview';
import { send } from './send';
import { keep, viewState } from './state';

/** What the file is made of: a picture whose boxes can be chosen, and the same as text. */
export function structurePart(structure: StructurePart, texts: PageTexts): Node {
  const body = element('div', {});
  const show = (scope: string, chosen: string | undefined) => {
    keep({ scope });
    body.replaceChildren(picture(structure, scope, chosen, texts, show));
  };
  const wanted = viewState().scope;
  show(structure.scopes.some(({ id }) => id === wanted) ? wanted : structure.root, undefined);
  return element(
    'section',
    { id: 'structure' },
    element('h2', {}, texts.structure),
    element('p', { class: 'quiet' }, texts.structureHint),
    body,
    structure.note === '' ? undefined : element('p', { class: 'quiet' }, structure.note),
    details('structure-text', false, [texts.asText], () => [asText(structure)]),
  );
}

/** The smallest scale at which the boxes can be read. */
const leastScale = 0.8;

type Show = (scope: string, chosen: string | undefined) => void;

function picture(
  structure: StructurePart,
  scope: string,
  chosen: string | undefined,
  texts: PageTexts,
  show: Show,
): Node {
  const nodes = structure.nodes.filter((node) => node.scope === scope);
  const chosenNode = nodes.find(({ id }) => id === chosen);
  const drawn = draw(structure, nodes, chosen, (id) => {
    show(scope, id);
    document.getElementById('structure')?.querySelector<HTMLElement>('.box.chosen')?.focus();
  });
  return element(
    'div',
    {},
    path(structure, scope, texts, show),
    element('div', { class: 'graph', role: 'group', 'aria-label': texts.structure }, drawn),
    chosenNode && about(chosenNode, texts, show),
  );
}

/** Where the picture is, with a button that leads back. */
function path(structure: StructurePart, scope: string, texts: PageTexts, show: Show): Node | undefined {
  const here = structure.scopes.find(({ id }) => id === scope);
  if (here === undefined || scope === structure.root) return undefined;
  const back = pageButton({ action: 'back', label: texts.back }, () => {
    show(here.parent ?? structure.root, undefined);
  });
  return element('p', {}, back, ' ', here.title);
}

function draw(
  { edges }: StructurePart,
  nodes: readonly GraphNode[],
  chosen: string | undefined,
  choose: (id: string) => void,
): Node {
  const { places, width, height } = layOut(nodes, edges);
  const margin = 4;
  const made = svg('svg', {
    width: width + 2 * margin,
    height: height + 2 * margin,
    viewBox: `${String(-margin)} ${String(-margin)} ${String(width + 2 * margin)} ${String(height + 2 * margin)}`,
  });
  // It shrinks with its place as far as it can be read, and scrolls from there on.
  made.style.maxWidth = '100%';
  made.style.height = 'auto';
  made.style.minWidth = `${String(Math.round((width + 2 * margin) * leastScale))}px`;
  for (const { from, to } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (a === undefined || b === undefined) continue;
    const isNear = chosen !== undefined && (from === chosen || to === chosen);
    made.append(svg('path', { d: curve(a, b), class: isNear ? 'edge near' : 'edge', 'aria-hidden': 'true' }));
  }
  for (const node of nodes) {
    const place = places.get(node.id);
    if (place !== undefined) made.append(boxOf(node, place, node.id === chosen, choose));
  }
  return made;
}

function curve(from: Place, to: Place): string {
  const [x1, y1] = [from.x + box.width, from.y + box.height / 2];
  const [x2, y2] = [to.x, to.y + box.height / 2];
  const middle = (x1 + x2) / 2;
  return `M${String(x1)} ${String(y1)} C${String(middle)} ${String(y1)} ${String(middle)} ${String(y2)} ${String(x2)} ${String(y2)}`;
}

/** A box is an element of HTML in the picture, so that long names are cut where they do not fit, and are read out in full. */
function boxOf(node: GraphNode, { x, y }: Place, isChosen: boolean, choose: (id: string) => void): Node {
  const { label, kind, shape, id } = node;
  const made = element(
    'div',
    {
      class: `box ${shape}${isChosen ? ' chosen' : ''}`,
      role: 'button',
      tabindex: '0',
      'aria-pressed': String(isChosen),
      title: `${label}\n${kind}`,
    },
    element('span', { class: 'label' }, label),
    element('span', { class: 'kind' }, kind),
  );
  onPress(made, () => {
    choose(id);
  });
  return svg('foreignObject', { x, y, width: box.width, height: box.height }, made);
}

/** What a chosen box gets and gives, and what can be opened of it. */
function about(node: GraphNode, texts: PageTexts, show: Show): Node {
  const { label, kind, inside, module } = node;
  return element(
    'div',
    { class: 'about', role: 'region', 'aria-label': label },
    element('p', {}, element('strong', {}, label), ` · ${kind}`),
    element(
      'p',
      {},
      inside === null
        ? undefined
        : pageButton({ action: 'inside', label: texts.showInside }, () => {
            show(inside, undefined);
          }),
      module === null
        ? undefined
        : pageButton({ action: 'open-text', label: texts.openText }, () => {
            send({ type: 'open-text', module });
          }),
    ),
    ...groupsOf(node),
  );
}

function groupsOf(node: GraphNode): readonly Child[] {
  return node.details.flatMap(({ title, lines }) => [element('h4', {}, title), names(lines)]);
}

function asText({ scopes, nodes }: StructurePart): Node {
  return element(
    'ul',
    { class: 'tree' },
    ...scopes.map(({ id, title }) =>
      element(
        'li',
        {},
        element('strong', {}, title),
        element(
          'ul',
          {},
          ...nodes
            .filter(({ scope }) => scope === id)
            .map((node) => element('li', {}, `${node.label} · ${node.kind}`, ...groupsOf(node))),
        ),
      ),
    ),
  );
}
