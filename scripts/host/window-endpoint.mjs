// @ts-check
// The wire between the suite, which runs in the extension host, and the window, which the driver holds.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { act } from './window.mjs';

/**
 * Serves window requests on this machine alone.
 * @param {() => Promise<import('playwright-core').Page>} page asked for at each request, since the suite may start before the page is there
 */
export async function serveWindow(page) {
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
    try {
      return await act(await page(), JSON.parse(body));
    } catch (error) {
      return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
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
