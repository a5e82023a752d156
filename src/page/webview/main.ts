// The page of a .wasm file, in the webview. It shows what the extension sends and asks for what the user clicks; it decides nothing.
import './page.css';
import { isPageUpdate, type PageParts, type PageTexts } from '../messages';
import { element } from './dom';
import { livePart } from './live-part';
import { overviewPart } from './overview';
import { send } from './send';
import { sizesPart } from './sizes-part';
import { keep, viewState } from './state';
import { structurePart } from './structure-part';
import { worldPart } from './world-part';

/** The parts in the order in which they stand. A part that is not known, or that the file does not have, has no node. */
const renderers = {
  overview: ({ overview }, texts) => overview && overviewPart(overview, texts),
  world: ({ world }, texts) => world && worldPart(world, texts),
  live: ({ live }, texts) => live && livePart(live, texts),
  structure: ({ structure }, texts) => structure && structurePart(structure, texts),
  sizes: ({ sizes }, texts) => sizes && sizesPart(sizes, texts),
} satisfies Record<string, (parts: Partial<PageParts>, texts: PageTexts) => Node | null | undefined>;

type Shown = keyof typeof renderers;

const main = element('main', { 'aria-live': 'off' });
const places = new Map<Shown, HTMLElement>(
  (Object.keys(renderers) as Shown[]).map((name) => [name, element('div', { id: `part-${name}` })]),
);
let known: Partial<PageParts> = {};
/** Where the page has to be scrolled to; undefined once the user has scrolled. */
let wanted: number | undefined = viewState().scroll;

main.append(...places.values());
document.body.append(main);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isPageUpdate(data)) return;
  known = { ...known, ...data.parts };
  if (known.language !== undefined) document.documentElement.lang = known.language;
  for (const name of Object.keys(renderers) as Shown[]) if (data.parts[name] !== undefined) render(name);
  if (wanted !== undefined) window.scrollTo(0, wanted);
});

for (const event of ['wheel', 'keydown', 'pointerdown'])
  window.addEventListener(
    event,
    () => {
      wanted = undefined;
    },
    { passive: true },
  );
window.addEventListener('scroll', () => {
  if (wanted === undefined) keep({ scroll: window.scrollY });
});

send({ type: 'ready' });

function render(name: Shown): void {
  const { texts } = known;
  const place = places.get(name);
  if (texts === undefined || place === undefined) return;
  const made = renderers[name](known, texts);
  const focused = focusKey(place);
  place.replaceChildren(...(made ? [made] : []));
  if (focused !== undefined) focusable(place)[focused]?.focus({ preventScroll: true });
}

/** Which of the elements that take the focus has it, so that it can have it again when the part is made anew. */
function focusKey(place: HTMLElement): number | undefined {
  const at = focusable(place).findIndex((each) => each === document.activeElement);
  return at < 0 ? undefined : at;
}

function focusable(place: HTMLElement): readonly HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('button, summary, input, select, [tabindex]')];
}
