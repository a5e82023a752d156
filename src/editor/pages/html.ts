import { escapeHtml } from '../../base/escape-html';
import type { CommandId } from '../common/ids';

/** Escapes text for HTML, and shows what stands between backquotes as code. */
export function html(text: string): string {
  return escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}

/** Escapes text for HTML as it is, as what a guest has printed. */
export const escaped = escapeHtml;

/** A part of the page under a heading of its own; nothing if it has no content. */
export function section(title: string, ...content: readonly string[]): string {
  const body = content.filter((part) => part !== '').join('\n');
  return body === '' ? '' : `<h2>${html(title)}</h2>\n${body}`;
}

/** A list of items that are HTML already; nothing if there are none. */
export function list(items: readonly string[], tag: 'ul' | 'ol' = 'ul'): string {
  return items.length === 0 ? '' : `<${tag}>${items.map((item) => `<li>${item}</li>`).join('')}</${tag}>`;
}

/** A link that looks like a button and runs a command, on what the target's fields name if there is one. */
export function button(
  command: CommandId,
  text: string,
  target: object | undefined,
  kind: 'primary' | 'secondary' = 'primary',
): string {
  const argument = target === undefined ? '' : `?${encodeURIComponent(JSON.stringify([target]))}`;
  return `<a class="button ${kind}" href="command:${command}${argument}">${html(text)}</a>`;
}

/** A clause as a sentence of its own. A name at its beginning stays as it is. */
export function sentence(clause: string): string {
  return `${clause.replace(/^[a-z]+(?=[ ,])/, (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)}.`;
}
