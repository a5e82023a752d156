/** What an element is made of: text goes in as text, never as markup. */
export type Child = Node | string | undefined;

interface Attributes {
  readonly class?: string;
  readonly title?: string;
  readonly onclick?: (event: MouseEvent) => void;
  readonly [name: `aria-${string}` | `data-${string}`]: string | undefined;
  readonly id?: string;
  readonly role?: string;
  readonly tabindex?: string;
  readonly type?: string;
  readonly scope?: string;
  readonly disabled?: boolean | undefined;
}

/** Makes an element. Values of attributes are set as such; there is none that could carry a script or an address. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === 'onclick') made.addEventListener('click', value as EventListener);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  fill(made, children);
  return made;
}

/** Adds what is there of the children. */
export function fill(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === undefined) continue;
    parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** Does something when an element that is no button is used as one: on a click, Enter or Space. */
export function onPress(pressed: HTMLElement, action: () => void): void {
  pressed.addEventListener('click', action);
  pressed.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    action();
  });
}

/** A sentence of ours, in which names stand between backquotes: those become code. */
export function words(text: string): readonly Node[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? element('code', {}, part) : document.createTextNode(part)));
}

/** A list with an item for each line; nothing without lines. */
export function lines(texts: readonly string[], className = ''): HTMLElement | undefined {
  if (texts.length === 0) return undefined;
  return element('ul', { class: className }, ...texts.map((text) => element('li', {}, ...words(text))));
}

/** A list of names, as they are. */
export function names(texts: readonly string[]): HTMLElement {
  return element('ul', { class: 'names' }, ...texts.map((text) => element('li', {}, text)));
}

/** Makes an SVG element; texts are set as text. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  fill(made, children);
  return made;
}
