import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameKind } from '../../../src/engine/wire';
import { encodeValue } from '../../../src/engine/wire-values';
import { temporaryFolder } from '../../support/temporary-folder';
import { dist, Output, TestEngine } from '../harness';
import { artifactsFolder } from '../support/artifacts';
import { eventually, isRunning } from '../support/processes';
import { stateOf } from './arena';

function frame(kind: number, content: Uint8Array, announced = content.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind, 0);
  head.writeUInt32LE(announced, 1);
  return Buffer.concat([head, content]);
}

const report = (value: unknown) => frame(frameKind.report, encodeValue(value));
const link = (path: string) => report({ type: 'link', link: { path, target: 'x' } });
const ready = report({ type: 'ready', memoryBytes: 65_536 });
const stopped = 'the isolated process ended while it was starting \\(it sent an invalid message: ';

/** What a runner sends that does as its guest wants, and what becomes of the instance. */
const sent: Readonly<Record<string, { readonly bytes: Buffer; readonly state: RegExp }>> = {
  'a report of which most is missing': {
    bytes: frame(frameKind.report, Buffer.alloc(8), 0xffff_ffff),
    state: new RegExp(`^failed: ${stopped}A runner announced a report of 4294967295 bytes`),
  },
  noise: {
    bytes: Buffer.alloc(100_000, 0xa5),
    state: new RegExp(`^failed: ${stopped}A runner sent a frame of unknown kind 165`),
  },
  'a list that is deeper than any stack': {
    bytes: frame(frameKind.report, Buffer.alloc(5_000_000, Buffer.from([8, 1, 0, 0, 0]))),
    state: new RegExp(`^failed: ${stopped}A runner sent a report that cannot be read: RangeError`),
  },
  'a type that cannot be a text': {
    bytes: report({ type: { toString: 1 } }),
    state: new RegExp(`^failed: ${stopped}A runner sent a report of unknown type`),
  },
  'an inspector that was not asked for': {
    bytes: report({ type: 'inspector', url: 'ws://127.0.0.1:9229/id' }),
    state: new RegExp(`^failed: ${stopped}A runner opened an inspector by itself`),
  },
  'that it is ready, twice': {
    bytes: Buffer.concat([ready, ready]),
    state: /^stopped: runner-died$/,
  },
  'two requests for links at once': {
    bytes: Buffer.concat([link('/tmp/one'), link('/tmp/two')]),
    state: new RegExp(`^failed: ${stopped}A runner asked for two links at once`),
  },
  'a request for a link without a path': {
    bytes: report({ type: 'link', link: { target: 'x' } }),
    state: new RegExp(`^failed: ${stopped}A runner's message has no text in path`),
  },
  'a request for a link with a long path': {
    bytes: link(`/${'x'.repeat(5000)}`),
    state: new RegExp(`^failed: ${stopped}A runner's message has too long a path in path`),
  },
  'that a module ended it, with a fault that is none': {
    bytes: report({ type: 'ending', fault: { code: 'exited', interface: 7 } }),
    state: new RegExp(`^failed: ${stopped}A runner sent a fault of an import that is none`),
  },
  'the ends of calls that were not made': {
    bytes: Buffer.concat([
      ready,
      ...Array.from({ length: 1000 }, () =>
        report({
          type: 'ended',
          outcome: {
            type: 'trapped',
            kind: 'other',
            message: 'x',
            stack: '    at wasm://wasm/1:wasm-function[1]:0x1',
          },
          durationMs: 1,
          memoryBytes: 1,
        }),
      ),
    ]),
    state: /^ready$/,
  },
};

describe('a runner that was taken over', () => {
  for (const [what, { bytes, state }] of Object.entries(sent)) {
    it(`sends ${what}`, async () => {
      const folder = temporaryFolder();
      const runner = join(folder, 'runner.js');
      writeFileSync(join(folder, 'bytes'), bytes);
      // It would run for ever, and it does not answer.
      writeFileSync(
        runner,
        `const { readFileSync, createWriteStream } = require('node:fs');
        createWriteStream('', { fd: 4 }).write(readFileSync(${JSON.stringify(join(folder, 'bytes'))}));
        setInterval(() => undefined, 1000);`,
      );
      const test = new TestEngine({
        cacheDir: artifactsFolder,
        files: { runner, transpiler: join(dist, 'transpiler.js') },
      });
      try {
        const instance = await test.start('counter', { stdin: { type: 'empty' } }, new Output());
        const pid = test.engine.pidOf(instance.id);
        const now = () => stateOf(test.now(instance));
        assert.ok(await eventually(() => state.test(now()), 5000), now());
        if (pid !== undefined && now() !== 'ready')
          assert.ok(await eventually(() => !isRunning(pid), 5000), 'its process remains');
      } finally {
        await test.dispose();
      }
    });
  }
});
