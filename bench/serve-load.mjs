// @ts-check
// A load of GET requests on one address: `node bench/serve-load.mjs URL CONNECTIONS MS`. Prints {perSecond, p50, p99, failed} as JSON.
import { Agent, get } from 'node:http';
import { performance } from 'node:perf_hooks';

const [url = '', connections = '8', ms = '3000'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
/** @type {number[]} */
const times = [];
let failed = 0;

/** @returns {Promise<void>} */
function once() {
  const before = performance.now();
  return new Promise((resolve) => {
    get(url, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 200) times.push(performance.now() - before);
        else failed++;
        resolve();
      });
    }).on('error', () => {
      failed++;
      resolve();
    });
  });
}

const end = performance.now() + Number(ms);
await Promise.all(
  Array.from({ length: Number(connections) }, async () => {
    while (performance.now() < end) await once();
  }),
);
agent.destroy();
times.sort((a, b) => a - b);
const at = (/** @type {number} */ share) => times[Math.floor(times.length * share)] ?? 0;
const perSecond = times.length / (Number(ms) / 1000);
process.stdout.write(JSON.stringify({ perSecond, p50: at(0.5), p99: at(0.99), failed }));
