import { element, fill, type Child } from './dom';
import { keepOpen, viewState } from './state';

/**
 * A node that opens and closes, as the window's own element for that. Its content is made when it is first opened: an interface may have
 * hundreds of functions.
 * @param key names the node in the state that is kept
 */
export function details(
  key: string,
  openAtFirst: boolean,
  summary: readonly Child[],
  content: () => readonly Child[],
): HTMLDetailsElement {
  const body = element('div', { class: 'inside' });
  const made = element('details', { 'data-key': key }, element('summary', {}, ...summary), body);
  const show = () => {
    if (made.open && body.childNodes.length === 0) fill(body, content());
  };
  made.open = viewState().open[key] ?? openAtFirst;
  show();
  made.addEventListener('toggle', () => {
    show();
    keepOpen(key, made.open);
  });
  return made;
}
