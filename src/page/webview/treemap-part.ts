import { hierarchy, treemap, type HierarchyRectangularNode } from 'd3-hierarchy';
import { defined } from '../../base/defined';
import { formatBytes } from '../../base/size';
import type { PageTexts, SizeItem } from '../messages';
import { element, onPress, type Child } from './dom';
import { followSize } from './follow-size';
import { pageButton } from './overview';
import { send } from './send';
import { percent } from './size-rows';
import { keep, viewState } from './state';

const heightPx = 300;

/** Tiles that are drawn: smaller ones could not be seen. */
const mostTiles = 300;

interface Part {
  readonly index: number;
  readonly item: SizeItem;
  readonly children: readonly Part[];
}

type Tile = HierarchyRectangularNode<Part>;

/** A picture in which each part of the file has an area as large as its share. A tile leads into the part that it is in. */
export function treemapPart(items: readonly SizeItem[], fileBytes: number, texts: PageTexts): Node {
  const parts = partsOf(items);
  const body = element('div', {});
  const show = (root: number, focus: boolean) => {
    const part = parts[root] ?? parts[0];
    if (part === undefined) return;
    keep({ sizes: { ...viewState().sizes, root: part.index } });
    const map = element('div', {
      class: 'treemap',
      role: 'group',
      'aria-label': `${texts.sizes}. ${texts.sizesHint}`,
    });
    body.replaceChildren(trail(parts, part, show), map);
    new Treemap(map, withLargest(part, texts), fileBytes, show, parts).draw(focus);
  };
  show(viewState().sizes.root, false);
  return body;
}

/** The parts of the file as a tree; origins are no parts. */
function partsOf(items: readonly SizeItem[]): readonly Part[] {
  const children = items.map((): Part[] => []);
  const parts = items.map((item, index): Part => ({ index, item, children: children[index] ?? [] }));
  for (const part of parts)
    if (part.item.group !== 'origin' && part.item.parent !== null) children[part.item.parent]?.push(part);
  return parts;
}

/** The part with its largest leaves; the others of each part of it are one tile, so that the areas stay true. */
function withLargest(root: Part, texts: PageTexts): Part {
  const leaves: Part[] = [];
  const collect = (part: Part) => {
    if (part.children.length === 0) leaves.push(part);
    part.children.forEach(collect);
  };
  collect(root);
  if (leaves.length <= mostTiles) return root;
  const shown = new Set(leaves.sort((a, b) => b.item.bytes - a.item.bytes).slice(0, mostTiles));
  const reduce = (part: Part): Part => {
    const isSmall = (child: Part) => child.children.length === 0 && !shown.has(child);
    const small = part.children.filter(isSmall);
    const large = part.children.filter((child) => !isSmall(child)).map(reduce);
    return { ...part, children: small.length === 0 ? large : [...large, together(small, texts)] };
  };
  return reduce(root);
}

function together(small: readonly Part[], texts: PageTexts): Part {
  const bytes = small.reduce((sum, { item }) => sum + item.bytes, 0);
  const label = `${texts.smaller} (${String(small.length)})`;
  const [first] = small;
  const colour = first?.item.colour ?? 'other';
  return {
    index: -1,
    item: { label, name: '', home: '', group: 'part', colour, bytes, parent: null },
    children: [],
  };
}

/** The way from the file to the part that is shown, as buttons that lead back. */
function trail(parts: readonly Part[], shown: Part, show: (root: number, focus: boolean) => void): Node {
  const way: Part[] = [];
  for (let part: Part | undefined = shown; part !== undefined; part = parentOf(parts, part))
    way.unshift(part);
  return element(
    'p',
    { class: 'trail' },
    ...way.flatMap((part): readonly Child[] => {
      const words = `${part.item.label} (${formatBytes(part.item.bytes)})`;
      if (part === shown) return [element('span', {}, words)];
      const button = pageButton({ action: 'zoom', label: words }, () => {
        show(part.index, true);
      });
      return [button, ' › '];
    }),
  );
}

function parentOf(parts: readonly Part[], { item }: Part): Part | undefined {
  return item.parent === null ? undefined : parts[item.parent];
}

class Treemap {
  readonly #place: HTMLElement;
  readonly #root: Part;
  readonly #fileBytes: number;
  readonly #show: (root: number, focus: boolean) => void;
  readonly #parts: readonly Part[];
  #tiles: readonly HTMLElement[] = [];
  #width = 0;

  constructor(
    place: HTMLElement,
    root: Part,
    fileBytes: number,
    show: (root: number, focus: boolean) => void,
    parts: readonly Part[],
  ) {
    this.#place = place;
    this.#root = root;
    this.#fileBytes = fileBytes;
    this.#show = show;
    this.#parts = parts;
    place.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
  }

  /** Draws once the place has a width, and again when that changes. */
  draw(focus: boolean): void {
    const follow = followSize(this.#place, (width) => {
      if (width === this.#width) return;
      const isFirst = this.#width === 0;
      this.#width = width;
      this.#fill();
      if (isFirst && focus) this.#tiles[0]?.focus();
    });
    new ResizeObserver(follow).observe(this.#place);
  }

  #fill(): void {
    const root = hierarchy(this.#root, ({ children }) => (children.length === 0 ? undefined : [...children]))
      .sum(({ item, children }) => (children.length === 0 ? item.bytes : 0))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    const laidOut = treemap<Part>().size([this.#width, heightPx]).paddingOuter(1).paddingInner(1).round(true)(
      root,
    );
    const leaves = laidOut
      .leaves()
      .filter(({ x0, x1, y0, y1 }) => x1 - x0 >= 2 && y1 - y0 >= 2)
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    this.#tiles = leaves.map((leaf, index) => this.#tile(leaf, index));
    this.#place.replaceChildren(...this.#tiles);
  }

  #tile(leaf: Tile, index: number): HTMLElement {
    const { item } = leaf.data;
    const [width, height] = [leaf.x1 - leaf.x0, leaf.y1 - leaf.y0];
    const words = `${item.label}, ${formatBytes(item.bytes)}, ${percent(item.bytes, this.#fileBytes)}`;
    const made = element(
      'div',
      {
        class: `tile ${item.colour}`,
        role: 'button',
        tabindex: index === 0 ? '0' : '-1',
        title: words,
        'aria-label': words,
      },
      width > 44 && height > 15
        ? element('span', { 'aria-hidden': 'true' }, item.name === '' ? item.label : item.name)
        : undefined,
    );
    made.style.left = `${String(leaf.x0)}px`;
    made.style.top = `${String(leaf.y0)}px`;
    made.style.width = `${String(width)}px`;
    made.style.height = `${String(height)}px`;
    onPress(made, () => {
      this.#enter(leaf);
    });
    return made;
  }

  /** Shows the part that a tile is in, one level further in. A tile that is a level of its own is opened as text, if it has any. */
  #enter(leaf: Tile): void {
    const next = leaf.ancestors().find(({ depth }) => depth === 1) ?? leaf;
    if (next.data.children.length > 0) {
      this.#show(next.data.index, true);
      return;
    }
    const { module, func } = leaf.data.item;
    if (module !== undefined) send({ type: 'open-text', module, ...defined({ func }) });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Backspace') {
      const parent = parentOf(this.#parts, this.#root);
      if (parent !== undefined) this.#show(parent.index, true);
      return;
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = this.#tiles.findIndex((tile) => tile === document.activeElement);
    const next = step === undefined ? undefined : this.#tiles[at + step];
    if (next === undefined) return;
    event.preventDefault();
    this.#tiles[at]?.setAttribute('tabindex', '-1');
    next.setAttribute('tabindex', '0');
    next.focus();
  }
}
