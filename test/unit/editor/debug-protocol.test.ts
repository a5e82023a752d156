import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BreakpointRequests } from '../../../src/editor/debug/breakpoint-requests';
import { ConsoleWriter } from '../../../src/editor/debug/console-writer';
import { DapServer, RequestFailed } from '../../../src/editor/debug/dap';
import { DeadlinePassed, within } from '../../../src/editor/debug/deadline';
import { entryLine } from '../../../src/editor/debug/entry-line';
import { locateSource, relativeSourceNames, sourceRoot } from '../../../src/editor/debug/source-root';
import { framesOfStack, trapOfException, withTrapStop } from '../../../src/editor/debug/trap-stop';
import { fixture } from '../../fixtures';

describe('the debug adapter’s side of the protocol', () => {
  it('answers each request once, in its own numbering', async () => {
    const sent: object[] = [];
    const server = new DapServer((message) => sent.push(message), { threads: () => ({ threads: [] }) });
    server.event('initialized');
    await server.receive({ type: 'request', seq: 7, command: 'threads' });
    assert.deepEqual(sent, [
      { seq: 1, type: 'event', event: 'initialized', body: {} },
      { seq: 2, type: 'response', request_seq: 7, command: 'threads', success: true, body: { threads: [] } },
    ]);
  });

  it('answers with words for the user where a handler fails or there is none', async () => {
    const messages: unknown[] = [];
    const server = new DapServer((message) => messages.push((message as { message: string }).message), {
      launch: () => {
        throw new RequestFailed('hello.wasm is empty.');
      },
    });
    await server.receive({ type: 'request', seq: 1, command: 'launch' });
    await server.receive({ type: 'request', seq: 2, command: 'evaluate' });
    await server.receive({ nonsense: true });
    assert.deepEqual(messages, ['hello.wasm is empty.', 'evaluate needs a guest that is paused.']);
  });
});

describe('the stop at traps', () => {
  it('comes on top of what the user has ticked', () => {
    const merged = withTrapStop({ filters: ['uncaught'], filterOptions: [] }) as {
      filters: string[];
      filterOptions: { filterId: string; condition: string }[];
    };
    assert.deepEqual(merged.filters, ['uncaught']);
    assert.deepEqual(
      merged.filterOptions.map(({ filterId }) => filterId),
      ['all'],
    );
    assert.match(merged.filterOptions[0]!.condition, /WebAssembly\.RuntimeError/);
  });

  it('is left alone where the debugger stops at all exceptions anyway, or has it already', () => {
    assert.equal(withTrapStop({ filters: ['all'] }), null);
    assert.equal(withTrapStop({ filters: [], filterOptions: [{ filterId: 'all' }] }), null);
  });

  it('reads the trap out of the exception', () => {
    assert.deepEqual(trapOfException('RuntimeError: unreachable\n    at boom (wasm://…)'), {
      kind: 'unreachable',
    });
    assert.deepEqual(trapOfException('RuntimeError: wasm trap: out of luck'), {
      kind: 'other',
      words: 'out of luck',
    });
    assert.deepEqual(trapOfException('RangeError: Maximum call stack size exceeded'), {
      kind: 'stack-exhausted',
    });
    assert.equal(trapOfException('TypeError: x is not a function'), null);
  });

  it('takes the guest’s frames out of a stack, with sources only where they are files', () => {
    const stackFrames = [
      { name: 'explode', line: 5, source: { path: '/w/src/boom.c', sourceReference: 0 } },
      { name: 'inlined', line: 9, source: { path: '/gone/lib.c', sourceReference: 12 } },
      { name: '_start', line: 42, source: { path: 'wasm/boom.wat' } },
      { name: 'host', line: 3, source: { path: '/x/guest-call.js' } },
    ];
    assert.deepEqual(
      framesOfStack({ stackFrames }, (path) => path.replace('/w/', '')).map(({ func, source }) => [
        func,
        source,
      ]),
      [
        ['explode', { file: 'src/boom.c', line: 5 }],
        ['inlined', undefined],
      ],
    );
  });
});

describe('breakpoints of a file', () => {
  const uri = 'vscode-remote://127.0.0.1:80/w/a%20b/hello.c';
  const loaded = { sources: [{ name: 'hello.c', path: uri }] };

  it('are asked for again with one more, in the window’s words for the source', () => {
    const requests = new BreakpointRequests();
    requests.note({ source: { path: '/w/a b/hello.c' }, breakpoints: [{ line: 9, condition: 'x' }] });
    assert.deepEqual(requests.arguments('/w/a b/hello.c', loaded, 6), {
      source: { name: 'hello.c', path: uri },
      breakpoints: [{ line: 9, condition: 'x' }, { line: 6 }],
    });
    assert.deepEqual(requests.arguments('/w/a b/hello.c', loaded)?.breakpoints, [
      { line: 9, condition: 'x' },
    ]);
    assert.equal(requests.arguments('/w/other.c', loaded, 6), null);
  });

  it('are counted where the guest has the source', () => {
    const requests = new BreakpointRequests();
    requests.note({ source: { path: '/w/hello.c' }, breakpoints: [{ line: 1 }, { line: 2 }] });
    requests.note({ source: { path: '/w/other.c' }, breakpoints: [{ line: 3 }] });
    assert.equal(requests.countIn(new Set(['/w/hello.c'])), 2);
  });
});

describe('output for the debug console', () => {
  it('keeps both streams in order, in few messages, and characters whole', () => {
    const written: string[] = [];
    const writer = new ConsoleWriter(
      1000,
      (stream, text) => written.push(`${stream} ${text}`),
      () => written.push('truncated'),
    );
    void writer.output('stdout', Buffer.from('a'));
    void writer.output('stdout', Buffer.from([0xe2, 0x82]));
    void writer.output('stdout', Buffer.from([0xac]));
    void writer.output('stderr', Buffer.from('b'));
    void writer.output('stdout', Buffer.from('c'));
    writer.flush();
    assert.deepEqual(written, ['stdout a€', 'stderr b', 'stdout c']);
  });

  it('ends at its cap, and says so once', () => {
    const written: string[] = [];
    const writer = new ConsoleWriter(
      3,
      (stream, text) => written.push(text),
      () => written.push('(truncated)'),
    );
    for (const text of ['ab', 'cd', 'ef']) void writer.output('stdout', Buffer.from(text));
    writer.flush();
    assert.deepEqual(written, ['abc', '(truncated)']);
  });

  it('holds a guest back that prints faster than it can be shown', async () => {
    const writer = new ConsoleWriter(
      1e9,
      () => undefined,
      () => undefined,
    );
    const held = writer.output('stdout', Buffer.alloc(300_000, 'x'));
    assert.ok(held instanceof Promise);
    await held;
  });
});

describe('where the sources of a component are', () => {
  it('is the first folder above it that has one of those it names', () => {
    const folders = ['/w/target/release', '/w/target', '/w'];
    assert.equal(
      sourceRoot(['src/main.c'], folders, (path) => path === '/w/src/main.c'),
      '/w',
    );
    assert.equal(
      sourceRoot(['src/main.c'], folders, () => false),
      '/w/target/release',
    );
  });

  it('is told by relative names in the debug information', () => {
    assert.ok(relativeSourceNames(readFileSync(fixture('hello'))).includes('src/hello.c'));
  });

  it('is told by the source map for those of another machine', () => {
    const map = { '/build': '/here/src' };
    assert.equal(locateSource('/build/a/b.c', '/w', map), '/here/src/a/b.c');
    assert.equal(locateSource('/builder/b.c', '/w', map), '/builder/b.c');
    assert.equal(locateSource('src/b.c', '/w', map), '/w/src/b.c');
  });
});

describe('the line at which a guest begins', () => {
  it('is that of main, or of the run that the code exports', () => {
    assert.deepEqual(lineIn('hello'), { file: 'src/hello.c', line: 6 });
    assert.deepEqual(lineIn('counter', 'wasi:cli/run@0.2.0'), { file: 'src/counter.c', line: 8 });
    const { line } = lineIn('two-runs', 'wasi:cli/run@0.3.0') ?? {};
    assert.equal(line, 12);
  });

  it('is not known without debug information, or of a broken file', () => {
    assert.equal(lineIn('trap-stripped'), null);
    assert.equal(lineIn('truncated'), null);
  });
});

function lineIn(name: string, runExport = 'wasi:cli/run@0.2.12') {
  return entryLine(readFileSync(fixture(name)), runExport);
}

describe('a deadline', () => {
  it('ends a wait with words that say what did not happen', async () => {
    await assert.rejects(
      within(20, (seconds) => `Not within ${String(seconds)} s.`, new Promise(() => undefined)),
      {
        name: DeadlinePassed.name,
        message: 'Not within 0.02 s.',
      },
    );
    assert.equal(await within(1000, () => 'late', Promise.resolve(3)), 3);
  });
});
