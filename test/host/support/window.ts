/** The user's eyes and hands, for host tests: everything here acts on the real window through the driver. */
import { readHostRun } from './host-run';
import type { WindowRequest, WindowResponse } from './window-protocol';

async function ask(request: WindowRequest): Promise<readonly string[]> {
  const answer = await fetch(readHostRun().windowUrl, { method: 'POST', body: JSON.stringify(request) });
  const response = (await answer.json()) as WindowResponse; // The driver's only kind of answer.
  if (response.type === 'failed')
    throw new Error(`The window could not ${request.type}: ${response.message}`);
  return response.type === 'texts' ? response.texts : [];
}

/** Takes a picture of the window, or of one element, as `out/screenshots/NAME.png`. */
export async function screenshot(name: string, selector?: string): Promise<void> {
  await ask({ type: 'screenshot', name, selector });
}

/** Clicks the first element that matches a Playwright selector, waiting up to 20 s for it. */
export async function click(
  selector: string,
  how: { readonly button?: 'left' | 'right'; readonly count?: number } = {},
): Promise<void> {
  await ask({ type: 'click', selector, ...how });
}

/** Moves the mouse over the first element that matches, which shows its hover and its inline actions. */
export async function hover(selector: string): Promise<void> {
  await ask({ type: 'hover', selector });
}

/**
 * Types, key by key, into an element, which gets the focus, or else into whatever has it. The focus can move while a test looks elsewhere
 * (a toast that closes gives it to the editor), so that an element is named wherever there is one.
 */
export async function typeText(text: string, into?: string): Promise<void> {
  await ask({ type: 'type', text, into });
}

/** Presses one key, with modifiers, such as `Control+C` or `Enter`, in an element as `typeText` does. */
export async function press(key: string, into?: string): Promise<void> {
  await ask({ type: 'press', key, into });
}

/** Puts a text into an input in place of what it has, in one step, and gives it the focus. */
export async function fill(selector: string, text: string): Promise<void> {
  await ask({ type: 'fill', selector, text });
}

/** The texts, or one attribute, of all visible elements that match. */
export async function read(selector: string, attribute?: string): Promise<readonly string[]> {
  return await ask({ type: 'read', selector, attribute });
}

/** Waits until an element is there (or, with `hidden`, is gone). */
export async function waitFor(
  selector: string,
  state: 'visible' | 'hidden' = 'visible',
  timeoutMs = 30_000,
): Promise<void> {
  await ask({ type: 'waitFor', selector, state, timeoutMs });
}

/**
 * The rows of a visible tree view as text: two spaces for each level, `v ` or `> ` before what is open or closed, the label, and after two
 * more spaces the description.
 */
export async function readTree(view: string): Promise<string> {
  return (await ask({ type: 'readTree', view })).join('\n');
}

/** What axe finds serious in the webview that is shown, and whether it is wider than its place. */
export async function audit(): Promise<readonly string[]> {
  return await ask({ type: 'audit' });
}

/** Makes the window another size. */
export async function resize(width: number, height: number): Promise<void> {
  await ask({ type: 'resize', width, height });
}
