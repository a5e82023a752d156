// @ts-check
// Connects the suite in the extension host to the window that the driver controls.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { act } from './window.mjs';

/** A slower request is logged: host tests lose most of their time in such requests. */
const slowMs = 5_000;

/**
 * Serves window requests, only on this machine.
 * @param {() => import('playwright-core').Page | undefined} findPage asked at each request, since the suite may start before the page has loaded
 */
export async function serveWindow(findPage) {
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    request.on('end', () => {
      void answer(Buffer.concat(chunks).toString()).then((body) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(body));
      });
    });
  });
  /**
   * @param {string} body
   * @returns {Promise<import('./window.mjs').WindowResponse>}
   */
  const answer = async (body) => {
    const asked = performance.now();
    try {
      return await act(await present(findPage), JSON.parse(body));
    } catch (error) {
      return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
    } finally {
      const seconds = (performance.now() - asked) / 1000;
      if (seconds * 1000 > slowMs)
        process.stdout.write(`    (${seconds.toFixed(1)} s in the window for ${body})\n`);
    }
  };
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('The window endpoint has no address.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * @template T
 * @param {() => T | undefined} find
 * @returns {Promise<T>}
 */
async function present(find) {
  for (let tries = 0; tries < 300; tries++) {
    const found = find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The window did not open.');
}
