/** Fields between a client and its server alone, or set anew on each hop. */
const ofOneHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** A head as Node has it: names and values in turns. */
export type RawHeaders = readonly string[];

/** The headers of a message that are passed on. `more` are further names in lower case that are not. */
export function passedOn(raw: RawHeaders, ...more: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? '';
    const key = name.toLowerCase();
    if (!ofOneHop.has(key) && !more.includes(key)) kept.push(name, raw[at + 1] ?? '');
  }
  return kept;
}

/** Trailers as Node takes them. */
export function trailerPairs(raw: RawHeaders): [string, string][] {
  const result: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) result.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return result;
}

/** What a client asked for: the path with its query, and the authority. A request may name both in its first line. */
export function targetOf(
  url: string,
  host: string | undefined,
): { readonly path: string; readonly authority: string } {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)(.*)$/i.exec(url);
  if (absolute === null) return { path: url, authority: host ?? '' };
  const [, authority = '', rest = ''] = absolute;
  return { path: rest.startsWith('/') ? rest : `/${rest}`, authority };
}
