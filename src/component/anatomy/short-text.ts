import { plainText } from '../../base/sanitize';

/** Names are shown up to this length: a thousand of them are posted at once. */
const longest = 300;

/** A name out of a file as {@link plainText} shows it, cut to a length of which many can be posted. */
export function shortText(text: string): string {
  return plainText(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
