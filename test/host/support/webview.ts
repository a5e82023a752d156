import { read } from './window';

/** What is inside the webview that is shown, as the beginning of a selector: webviews are frames in frames. */
export const webview =
  'iframe.webview.ready >> internal:control=enter-frame >> iframe#active-frame >> internal:control=enter-frame';

/** The texts of all visible elements in the webview that match, with single spaces. */
export async function readWebview(selector: string): Promise<readonly string[]> {
  return (await read(`${webview} >> ${selector}`)).map((text) => text.replace(/\s+/g, ' ').trim());
}
