import assert from 'node:assert/strict';
import { FrameReader } from '../../../src/engine/frames';
import { frameKind, parseReport, WireError } from '../../../src/engine/wire';
import { encodeValue } from '../../../src/engine/wire-values';

const ready = { type: 'ready', memoryBytes: 65_536 };

function frame(kind: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind, 0);
  head.writeUInt32LE(content.length, 1);
  return Buffer.concat([head, content]);
}

const out = (text: string) => frame(frameKind.stdout, Buffer.from(text));
const error = (text: string) => frame(frameKind.stderr, Buffer.from(text));
const report = (value: unknown) => frame(frameKind.report, encodeValue(value));

/** Reads a pipe in chunks of a length and tells what came, neighbours of one stream joined. */
function read(bytes: Buffer, chunkLength: number): string {
  const heard: [string, string][] = [];
  const reader = new FrameReader(
    {
      output: (stream, piece) => {
        const last = heard.at(-1);
        if (last?.[0] === stream) last[1] += Buffer.from(piece).toString('utf8');
        else heard.push([stream, Buffer.from(piece).toString('utf8')]);
      },
      report: ({ type }) => heard.push(['report', type]),
    },
    parseReport,
  );
  for (let at = 0; at < bytes.length; at += chunkLength) reader.read(bytes.subarray(at, at + chunkLength));
  return heard.map(([what, text]) => `${what}:${text}`).join(' ');
}

describe('the frames of a runner', () => {
  const pipe = Buffer.concat([
    out('one'),
    out(' two'),
    error('oops'),
    out('three'),
    report(ready),
    out('four'),
  ]);

  for (const chunkLength of [1, 2, 3, 7, 16, 1000]) {
    it(`keep their order in chunks of ${String(chunkLength)}`, () => {
      assert.equal(
        read(pipe, chunkLength),
        'stdout:one two stderr:oops stdout:three report:ready stdout:four',
      );
    });
  }

  it('may be empty', () => {
    assert.equal(read(Buffer.concat([out(''), out('x')]), 1000), 'stdout:x');
  });

  it('are refused if their kind is unknown', () => {
    assert.throws(() => read(frame(9, Buffer.from('x')), 100), WireError);
  });

  it('are refused if they lead a debugger to another machine', () => {
    for (const url of ['ws://192.0.2.1:9229/id', 'ws://127.0.0.1.example:9229/id', 'file:///etc/passwd', ''])
      assert.throws(() => read(report({ type: 'inspector', url }), 100), WireError, url);
    const own = { type: 'inspector', url: 'ws://127.0.0.1:40123/0a1b-2c3d' };
    assert.equal(read(report(own), 100), 'report:inspector');
  });

  it('are refused if a text is too long, a number has no end, or a type is no text', () => {
    for (const wrong of [
      { type: 'ending', reason: 'x'.repeat(1_048_577) },
      { type: 'ready', memoryBytes: Infinity },
      { type: { toString: 1 } },
      { type: 'ended', outcome: { type: [[{ toString: 1 }]] } },
    ])
      assert.throws(() => read(report(wrong), 1 << 20), WireError);
  });

  it('are refused if a report is none', () => {
    assert.throws(() => read(report({ type: 'ready', memoryBytes: 'much' }), 100), WireError);
    assert.throws(() => read(report({ type: 'ended', outcome: { type: 'flew away' } }), 100), WireError);
    assert.throws(() => read(report('ready'), 100), WireError);
    assert.throws(() => read(frame(frameKind.report, Buffer.from('not serialised')), 100), WireError);
  });
});
