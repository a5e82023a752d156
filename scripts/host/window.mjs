// @ts-check
// The window of a VS Code: a page in a headless browser that tests read and click.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../setup/paths.mjs';

const actionTimeoutMs = 20_000;

/** For a browser that runs as root and reaches only this machine. */
const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * @typedef {import('../../test/host/support/window-protocol').WindowRequest} WindowRequest
 * @typedef {import('../../test/host/support/window-protocol').WindowResponse} WindowResponse
 * @typedef {import('playwright-core').Page} Page
 */

/**
 * @param {object} options
 * @param {string} options.chromium path of the browser
 * @param {Record<string, string>} options.env
 * @param {string} options.url
 */
export async function openWindow({ chromium, env, url }) {
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({
    executablePath: chromium,
    args: browserFlags,
    env,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  await page.goto(url);
  return {
    page,
    close: async () => {
      // Close it as a user does: a server keeps the extension host of a window that only disappears.
      await page.goto('about:blank');
      await browser.close();
    },
  };
}

/**
 * Carries out a request of a test.
 * @param {Page} page
 * @param {WindowRequest} request
 * @returns {Promise<WindowResponse>}
 */
export async function act(page, request) {
  switch (request.type) {
    case 'screenshot':
      await takeScreenshot(page, request.name, request.selector);
      return done;
    case 'click':
      await visible(page, request.selector).click({
        timeout: actionTimeoutMs,
        button: request.button ?? 'left',
        clickCount: request.count ?? 1,
      });
      return done;
    case 'hover':
      await visible(page, request.selector).hover({ timeout: actionTimeoutMs });
      return done;
    case 'type':
      if (request.into !== undefined) await focus(page, request.into);
      await page.keyboard.type(request.text);
      return done;
    case 'press':
      if (request.into !== undefined) await focus(page, request.into);
      await page.keyboard.press(request.key);
      return done;
    case 'fill':
      await visible(page, request.selector).fill(request.text, { timeout: actionTimeoutMs });
      return done;
    case 'read':
      return { type: 'texts', texts: await readAll(page, request.selector, request.attribute) };
    case 'waitFor':
      await page
        .locator(request.selector)
        .filter({ visible: true })
        .first()
        .waitFor({ state: request.state === 'visible' ? 'visible' : 'detached', timeout: request.timeoutMs });
      return done;
    case 'readTree':
      return { type: 'texts', texts: await readTree(page, request.view) };
    case 'audit':
      return { type: 'texts', texts: await audit(page) };
    case 'resize':
      await page.setViewportSize({ width: request.width, height: request.height });
      return done;
  }
}

const done = /** @type {const} */ ({ type: 'done' });

/**
 * @param {Page} page
 * @param {string} selector
 */
function visible(page, selector) {
  return page.locator(selector).filter({ visible: true }).first();
}

/**
 * Includes elements that Playwright regards as invisible, such as the input of a terminal.
 * @param {Page} page
 * @param {string} selector
 */
async function focus(page, selector) {
  await page.locator(selector).first().focus({ timeout: actionTimeoutMs });
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {string} [selector]
 */
export async function takeScreenshot(page, name, selector) {
  if (!/^[\w-]+(\/[\w-]+)?$/.test(name)) throw new Error(`"${name}" is no name for a picture.`);
  const path = join(out, 'screenshots', `${name}.png`);
  mkdirSync(join(path, '..'), { recursive: true });
  if (selector === undefined) await page.screenshot({ path });
  else await visible(page, selector).screenshot({ path, timeout: actionTimeoutMs });
}

/**
 * Reads everything in one step, since elements can disappear between two steps, and a test would wait for them.
 * @param {Page} page
 * @param {string} selector
 * @param {string | undefined} attribute
 */
async function readAll(page, selector, attribute) {
  return await page
    .locator(selector)
    .filter({ visible: true })
    .evaluateAll(
      (found, name) => found.map((one) => (name === null ? one.innerText : (one.getAttribute(name) ?? ''))),
      attribute ?? null,
    );
}

/**
 * Looks at the webview that is shown with axe, and whether it fits its place.
 * @param {Page} page
 * @returns {Promise<string[]>} what is serious or critical, and by how many pixels the page is too wide
 */
async function audit(page) {
  const { AxeBuilder } = await import('@axe-core/playwright');
  const { violations } = await new AxeBuilder({ page })
    .include(['iframe.webview.ready', 'iframe#active-frame', 'html'])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 5)
          .map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`)
          .join('; ')}`,
    );
  const tooWide = await page
    .frameLocator('iframe.webview.ready')
    .frameLocator('iframe#active-frame')
    .locator('html')
    .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  return [...serious, ...(tooWide > 0 ? [`the page is ${tooWide} px too wide`] : [])];
}

/**
 * The rows that a tree view shows. Rows out of view are not in the page.
 * @param {Page} page
 * @param {string} view title of the view
 * @returns {Promise<string[]>}
 */
async function readTree(page, view) {
  const pane = page
    .locator('.pane', { has: page.locator(`.pane-header[aria-label^=${JSON.stringify(view)}]`) })
    .first();
  await pane.waitFor({ state: 'visible', timeout: actionTimeoutMs });
  return await pane.locator('.monaco-list-row').evaluateAll((rows) =>
    rows
      .map((row) => ({ row, index: Number(row.getAttribute('data-index')) }))
      .sort((a, b) => a.index - b.index)
      .map(({ row }) => {
        const level = Number(row.getAttribute('aria-level') ?? '1');
        const expanded = row.getAttribute('aria-expanded');
        const mark = expanded === 'true' ? 'v ' : expanded === 'false' ? '> ' : '';
        const label = row.querySelector('.label-name')?.textContent ?? '';
        const description = row.querySelector('.label-description')?.textContent ?? '';
        return `${'  '.repeat(level - 1)}${mark}${label}${description === '' ? '' : `  ${description}`}`;
      }),
  );
}
