import { createHash } from 'node:crypto';
import type { WebviewOptions, WebviewPanelOptions } from 'vscode';
import { html } from './html';

/**
 * A whole page without scripts. Its policy lets it load nothing and use nothing but its own style: no pictures, no forms, no frames.
 * @param title plain text
 * @param body as HTML, with everything foreign escaped
 */
export function staticPage({
  title,
  style,
  body,
}: Readonly<Record<'title' | 'style' | 'body', string>>): string {
  const digest = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-${digest}'`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${html(title)}</title><style>${style}</style></head><body>${body}</body></html>`;
}

/**
 * What a panel with such a page may do: search, and nothing but the commands of its links.
 * @param commands their ids
 */
export function staticOptions(commands: readonly string[]): WebviewOptions & WebviewPanelOptions {
  return {
    enableCommandUris: commands,
    enableFindWidget: true,
    enableScripts: false,
    localResourceRoots: [],
  };
}
