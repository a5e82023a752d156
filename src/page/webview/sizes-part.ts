import { defined } from '../../base/defined';
import { formatBytes } from '../../base/size';
import type { PageTexts, SizeGroup, SizeItem, SizesPart, SizesProgress } from '../messages';
import { element, lines, type Child } from './dom';
import { pageButton } from './overview';
import { send } from './send';
import { arrange, percent } from './size-rows';
import { keep, viewState, type SizesView } from './state';
import { treemapPart } from './treemap-part';

/** Rows of the table that are made at once. */
const rowsAtOnce = 50;

/** Where the bytes of the file are: a treemap, and a table that can be sorted and searched. */
export function sizesPart(sizes: SizesPart | SizesProgress, texts: PageTexts): Node {
  return element(
    'section',
    { id: 'sizes' },
    element('h2', {}, texts.sizes),
    ...('share' in sizes ? [progress(sizes, texts)] : content(sizes, texts)),
  );
}

function progress({ share }: SizesProgress, texts: PageTexts): Node {
  const bar = element('progress', { 'aria-label': texts.sizesReading });
  bar.value = share;
  return element('p', { class: 'quiet' }, texts.sizesReading, ' ', bar);
}

function content(sizes: SizesPart, texts: PageTexts): readonly Child[] {
  const { items, changes, note, fileBytes } = sizes;
  return [
    ...(changes.length === 0 ? [] : [element('h3', {}, texts.changes), lines(changes)]),
    treemapPart(items, fileBytes, texts),
    ...table(sizes, texts),
    note === '' ? undefined : element('p', { class: 'quiet' }, note),
  ];
}

function change(changes: Partial<SizesView>): void {
  keep({ sizes: { ...viewState().sizes, ...changes } });
}

function table({ items, fileBytes }: SizesPart, texts: PageTexts): readonly Child[] {
  const place = element('div', {});
  let count = rowsAtOnce;
  const show = () => {
    const rows = arrange(items, viewState().sizes);
    place.replaceChildren(
      rows.length === 0
        ? element('p', { class: 'quiet' }, texts.nothingFound)
        : tableOf(rows.slice(0, count), fileBytes, texts, sortBy),
      ...(rows.length > count
        ? [
            pageButton({ action: 'more', label: texts.more }, () => {
              count += 4 * rowsAtOnce;
              show();
            }),
          ]
        : []),
    );
  };
  const sortBy = (sort: SizesView['sort']) => {
    const before = viewState().sizes;
    change({ sort, isDown: before.sort === sort ? !before.isDown : sort === 'size' });
    show();
    place.querySelector<HTMLElement>(`[data-sort="${sort}"]`)?.focus();
  };
  show();
  const restart = (changes: Partial<SizesView>) => {
    change(changes);
    count = rowsAtOnce;
    show();
  };
  return [
    element('div', { class: 'controls' }, groupChoice(items, texts, restart), searchBox(texts, restart)),
    place,
  ];
}

type Restart = (changes: Partial<SizesView>) => void;

function searchBox(texts: PageTexts, restart: Restart): Node {
  const input = element('input', { type: 'search', 'aria-label': texts.search, 'data-input': 'search' });
  input.placeholder = texts.search;
  input.value = viewState().sizes.search;
  input.addEventListener('input', () => {
    restart({ search: input.value });
  });
  return input;
}

function groupChoice(items: readonly SizeItem[], texts: PageTexts, restart: Restart): Node {
  const titles: Readonly<Record<SizeGroup, string>> = {
    part: texts.groupParts,
    origin: texts.groupOrigins,
    function: texts.groupFunctions,
  };
  const select = element('select', { 'aria-label': texts.sizes, 'data-input': 'group' });
  for (const [group, title] of Object.entries(titles)) {
    if (!items.some((item) => item.group === group)) continue;
    const option = element('option', {}, title);
    option.value = group;
    option.selected = viewState().sizes.group === group;
    select.append(option);
  }
  select.addEventListener('change', () => {
    restart({ group: select.value as SizeGroup });
  });
  return select;
}

function tableOf(
  rows: readonly SizeItem[],
  fileBytes: number,
  texts: PageTexts,
  sortBy: (sort: SizesView['sort']) => void,
): Node {
  const { sort, isDown } = viewState().sizes;
  const head = (key: SizesView['sort'], title: string, className?: string) => {
    const direction = sort !== key ? 'none' : isDown ? 'descending' : 'ascending';
    const mark = sort !== key ? '' : isDown ? ' ▾' : ' ▴';
    const button = element(
      'button',
      {
        class: 'head',
        type: 'button',
        'data-sort': key,
        onclick: () => {
          sortBy(key);
        },
      },
      `${title}${mark}`,
    );
    return element(
      'th',
      { scope: 'col', 'aria-sort': direction, ...(className ? { class: className } : {}) },
      button,
    );
  };
  return element(
    'div',
    { class: 'table', tabindex: '0', role: 'region', 'aria-label': texts.sizes },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head('name', texts.columnName),
          head('size', texts.columnSize, 'number'),
          element('th', { scope: 'col', class: 'number' }, texts.columnShare),
        ),
      ),
      element('tbody', {}, ...rows.map((item) => rowOf(item, fileBytes, texts))),
    ),
  );
}

function rowOf(item: SizeItem, fileBytes: number, texts: PageTexts): Node {
  const { label, home, bytes, module, func } = item;
  const open =
    module === undefined
      ? undefined
      : element(
          'button',
          {
            class: 'link',
            type: 'button',
            title: texts.openText,
            onclick: () => {
              send({ type: 'open-text', module, ...defined({ func }) });
            },
          },
          label,
        );
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      open ?? label,
      home === '' ? undefined : element('span', { class: 'quiet' }, ` · ${home}`),
    ),
    element('td', { class: 'number', title: bytes.toLocaleString('en-US') }, formatBytes(bytes)),
    element('td', { class: 'number' }, percent(bytes, fileBytes)),
  );
}
