import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { cli, shell, startCli } from './support/cli';
import { eventually } from './support/processes';

/** What the contract promises of each result; `evidence` is looked at apart. */
interface Item {
  readonly file: string;
  readonly sha256: string | null;
  readonly kind: string;
  readonly entry: string | null;
  readonly repeat: string;
  readonly basis: string;
  readonly reason: string;
  readonly evidence: readonly { readonly type: string; readonly text: string }[];
}

async function check(...args: readonly string[]): Promise<{ status: number | null; items: readonly Item[] }> {
  const { status, stdout } = await cli(['check', '--json', ...args]);
  return { status, items: JSON.parse(stdout) as readonly Item[] };
}

describe('`fresh-instance check`', () => {
  it('says for every file, in their order, what it is and what a repeated run would do', async () => {
    const names = ['hello', 'counter', 'greeter', 'core', 'truncated', 'two-runs', 'text', 'guard'];
    const { status, items } = await check(...names.map(fixture));
    assert.equal(status, 2);
    assert.deepEqual(
      items.map(({ file, kind, entry, repeat, basis }) => [file, kind, entry, repeat, basis]),
      [
        [fixture('hello'), 'component', 'wasi:cli/run@0.2.12', 'traps', 'static'],
        [fixture('counter'), 'component', 'wasi:cli/run@0.2.0', 'unknown', 'static'],
        [fixture('greeter'), 'component', null, 'no-run', 'static'],
        [fixture('core'), 'module', null, 'no-run', 'static'],
        [fixture('truncated'), 'invalid', null, 'unknown', 'none'],
        [fixture('two-runs'), 'component', 'wasi:cli/run@0.3.0', 'unknown', 'static'],
        [fixture('text'), 'invalid', null, 'unknown', 'none'],
        [fixture('guard'), 'component', 'wasi:cli/run@0.2.12', 'traps', 'static'],
      ],
    );
    for (const { file, sha256 } of items)
      assert.equal(sha256, createHash('sha256').update(readFileSync(file)).digest('hex'));
  });

  it('has just what its contract names, for every kind of file', async () => {
    const names = ['hello', 'core', 'truncated', 'empty', 'wit-package'].map(fixture);
    const { items } = await check(...names, 'no-such.wasm', 'test');
    const contract = ['file', 'sha256', 'kind', 'entry', 'repeat', 'basis', 'reason', 'evidence'];
    for (const item of items) {
      assert.deepEqual(Object.keys(item), contract);
      assert.ok(['component', 'module', 'wit', 'invalid'].includes(item.kind));
      assert.notEqual(item.reason, '');
    }
    assert.equal(items.length, 7);
  });

  it('gives its reason and evidence that can be looked up', async () => {
    const { items } = await check(fixture('guard-bit'));
    assert.equal(items.length, 1);
    const [{ reason, evidence, ...rest } = assert.fail()] = items;
    assert.deepEqual(Object.keys(rest), ['file', 'sha256', 'kind', 'entry', 'repeat', 'basis']);
    assert.match(reason, /^its `run` may run once per instance \(guard at 0x19c, guard-bit\.c:7\)$/);
    assert.deepEqual(
      evidence.map(({ type }) => type),
      ['path', 'guard', 'mark-stays'],
    );
    assert.match(evidence[1]?.text ?? '', /a second entry reaches the trap in `run` .* at 0x19c/);
  });

  it('ends with 0 if no file would trap, 1 if one would, 2 if one cannot be read', async () => {
    const statuses: readonly (readonly [readonly string[], number])[] = [
      [['counter', 'greeter', 'core'], 0],
      [['counter', 'hello'], 1],
      [['run-trap'], 1],
      [['counter', 'noise'], 2],
      [['hello', 'empty'], 2],
    ];
    for (const [names, expected] of statuses)
      assert.equal((await check(...names.map(fixture))).status, expected, names.join(' '));
    const missing = await check(fixture('hello'), 'no-such.wasm');
    assert.equal(missing.status, 2);
    assert.deepEqual(
      missing.items.map(({ file, sha256, kind }) => [file, sha256 === null, kind]),
      [
        [fixture('hello'), false, 'component'],
        ['no-such.wasm', true, 'invalid'],
      ],
    );
  });

  it('tries a repeated run where that is asked for, with evidence of every call', async () => {
    const { status, items } = await check(
      '--probe',
      ...['guard-late', 'counter', 'lock', 'once'].map(fixture),
    );
    assert.equal(status, 1);
    assert.deepEqual(
      items.map(({ repeat, basis }) => `${repeat} ${basis}`),
      ['likely-traps probe', 'reruns probe', 'reruns probe', 'reruns probe'],
    );
    assert.deepEqual(
      items[1]?.evidence.slice(0, 4).map(({ text }) => text.replace(/after \d+/, 'after N')),
      [
        'in a probe, call 1 returned ok after N host calls',
        'in a probe, call 2 returned ok after N host call',
        'in a probe, call 3 returned ok after N host call',
        'the later calls of a probe printed something different from the first one, so state was kept',
      ],
    );
    assert.match(items[3]?.reason ?? '', /does nothing/);
  });

  it('probes with the grants and arguments of a run', async () => {
    const verdict = async (...args: readonly string[]) => {
      const { status, items } = await check('--probe', ...args);
      return [status, items[0]?.repeat, items[0]?.basis];
    };
    assert.deepEqual(await verdict(fixture('needs-argument')), [0, 'unknown', 'probe']);
    assert.deepEqual(await verdict(fixture('needs-argument'), '--', 'x'), [1, 'traps', 'probe']);
    const useless = await cli(['check', fixture('needs-argument'), '--env', 'A=B']);
    assert.equal(useless.status, 2);
    assert.match(useless.stderr, /are for --probe: without it nothing is executed/);
  });

  it('prints one line for each file, and below it the evidence', async () => {
    const { status, stdout, stderr } = await cli(['check', fixture('hello'), fixture('module-simd-only')]);
    assert.equal(status, 1);
    assert.equal(stderr, '');
    const lines = stdout.split('\n');
    assert.match(
      lines[0] ?? '',
      /hello\.wasm: a second run traps \(from the binary\): its `_start` may run once per instance \(guard at 0x/,
    );
    assert.match(lines[1] ?? '', /^ {4}wasi:cli\/run@0\.2\.12 is lifted from /);
    assert.deepEqual(lines.slice(4), [
      `${fixture('module-simd-only')}: a core module with nothing to call`,
      '    note: it exports no function that takes and returns numbers alone',
      '    Build it for a component target, with a WIT world that names its exports.',
      '',
    ]);
  });

  it('takes the sting out of names that would do something to the terminal', async () => {
    const bytes = readFileSync(fixture('boom')).toString('latin1').replaceAll('_start', '\x1b[31mX');
    const file = join(temporaryFolder(), 'escape.wasm');
    writeFileSync(file, bytes, 'latin1');
    const { stdout } = await cli(['check', file]);
    assert.match(stdout, /its `\ufffd\[31mX` may run once per instance/);
    assert.ok(!stdout.includes('\x1b'));
  });

  it('ends with Ctrl+C where nobody takes its output', async () => {
    const command = startCli(['check', ...Array.from({ length: 500 }, () => fixture('hello'))], {
      input: '',
    });
    command.child.stdout?.pause();
    assert.ok(await eventually(() => (command.child.stdout?.readableLength ?? 0) > 0, 10_000));
    const ended = new Promise((resolve) => command.child.once('exit', resolve));
    command.signal('SIGINT');
    assert.equal(await ended, 130);
    command.child.stdout?.resume();
    await command.result;
  });

  it('ends quietly when nobody reads on', async () => {
    const files = Array.from({ length: 20 }, () => fixture('hello')).join(' ');
    const { stdout, stderr } = await shell(`fresh-instance check ${files} | head -1`);
    assert.match(stdout, /^[^\n]*hello\.wasm: a second run traps[^\n]*\n$/);
    assert.equal(stderr, '');
  });

  it('explains what it takes when it is used wrongly', async () => {
    for (const args of [['check'], ['check', '--prob', fixture('hello')]]) {
      const { status, stdout, stderr } = await cli(args);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, /See fresh-instance check --help\./);
    }
    assert.match(
      (await cli(['check', '--help'])).stdout,
      /fresh-instance check FILE\.\.\. \[--probe\] \[--json\]/,
    );
  });
});

describe('`fresh-instance inspect`', () => {
  it('shows what a component is, and the way from its run to the code behind it', async () => {
    const { status, stdout } = await cli(['inspect', fixture('needs-host')]);
    assert.equal(status, 0);
    assert.match(stdout, /^ {2}entry {7}wasi:cli\/run@0\.2\.12$/m);
    assert.match(stdout, /^ {2}samples:workshop\/thermometer {2}\(not provided: it cannot start without\)$/m);
    assert.match(stdout, /^ {2}wasi:cli\/stdout@0\.2\.12$/m);
    assert.match(stdout, /^ {4}run: func\(\) -> result$/m);
    assert.match(stdout, /^ {2}-> canon lift of the core export "wasi:cli\/run@0\.2\.12#run"$/m);
    assert.match(stdout, /^ {2}-> adapter function \d+ wasi:cli\/run@0\.2\.12#run of core module 1 at 0x/m);
    assert.match(stdout, /^ {2}-> function \d+ _start of core module 0 \(needs-host\) at 0x/m);
    assert.match(stdout, /^ {2}0 needs-host: [\d,]+ bytes, [\d,]+ functions \(code /m);
  });

  it('gives the same as JSON, and the world as WIT', async () => {
    const { stdout } = await cli(['inspect', '--json', '--wit', fixture('two-runs')]);
    const found = JSON.parse(stdout) as {
      kind: string;
      entry: string;
      otherRuns: readonly string[];
      async: boolean;
      exports: readonly { name: string; functions: Readonly<Record<string, string>> }[];
      wit: string;
    };
    assert.deepEqual(
      [found.kind, found.entry, found.otherRuns, found.async],
      ['component', 'wasi:cli/run@0.3.0', ['wasi:cli/run@0.2.0'], true],
    );
    assert.deepEqual(
      found.exports.map(({ name, functions }) => [name, functions]),
      [
        ['wasi:cli/run@0.2.0', { run: 'func() -> result' }],
        ['wasi:cli/run@0.3.0', { run: 'async func() -> result' }],
      ],
    );
    assert.match(found.wit, /export wasi:cli\/run@0\.3\.0;/);
    const wit = await cli(['inspect', '--wit', fixture('greeter')]);
    assert.match(wit.stdout, /world root \{[^]*export samples:workshop\/greetings;/);
  });

  it('prints where the bytes are, the largest first', async () => {
    const { status, stdout } = await cli(['inspect', '--sizes', fixture('trap')]);
    assert.equal(status, 0);
    assert.match(stdout, /trap\.wasm: [\d,]+ bytes\nby origin:\n/);
    assert.match(stdout, /^ +\d+ B +\d+\.\d% {2}\S*trap\.c$/m);
    assert.match(stdout, /^ +\d+ KiB 100\.0% {2}component 0\n +\d+ KiB +\d+\.\d% {4}core module 0 trap\n/m);
    assert.match(stdout, /^ +\d+ B +\d+\.\d% {8}function \d+ main {2}\S*trap\.c$/m);
    assert.match(stdout, /^ +\d+ KiB +\d+\.\d% {8}\d+ smaller ones$/m);
  });

  it('gives structure, sizes and debug information as JSON, of damaged files too', async () => {
    interface Part {
      kind: string;
      name: string;
      bytes: number;
      origin?: string;
      parts?: readonly Part[];
    }
    interface Json {
      structure: { nodes: readonly { id: string; role: string | null }[] } | null;
      debug: { lines: boolean };
      wasi: readonly { version: string }[];
      sizes: { bytes: number; functions: number; parts: readonly Part[] };
    }
    const json = async (name: string) =>
      JSON.parse((await cli(['inspect', '--json', fixture(name)])).stdout) as Json;
    const leaves = (parts: readonly Part[]): readonly Part[] =>
      parts.flatMap((part) => (part.parts === undefined ? [part] : leaves(part.parts)));
    const { structure, debug, wasi, sizes } = await json('trap');
    assert.deepEqual(
      structure?.nodes.filter(({ id }) => id.startsWith('m')).map(({ role }) => role),
      ['main', 'adapter', 'shim', 'fixups'],
    );
    assert.deepEqual([debug.lines, wasi.map(({ version }) => version)], [true, ['0.2.12']]);
    const main = leaves(sizes.parts).find(({ kind, name }) => kind === 'function' && name === 'main');
    assert.match(main?.origin ?? '', /trap\.c$/);
    const damaged = await json('truncated');
    assert.equal(damaged.structure, null);
    for (const each of [sizes, damaged.sizes])
      assert.equal(
        leaves(each.parts).reduce((sum, { bytes }) => sum + bytes, 0),
        each.bytes,
      );
  });

  it('says why a file is none', async () => {
    const { status, stdout, stderr } = await cli(['inspect', fixture('module-napi')]);
    assert.deepEqual([status, stderr], [2, '']);
    assert.match(
      stdout,
      /module-napi\.wasm: a Node addon as a core module\n {4}it is an addon for Node \(it imports/,
    );
  });

  it('says what can be read of a damaged file, where that ends, and with which byte', async () => {
    const { status, stdout } = await cli(['inspect', fixture('truncated')]);
    assert.equal(status, 2);
    assert.match(stdout, /It begins as a component\.\n {4}Sections read: \d+, up to byte [\d,]+\.\n/);
    assert.match(
      stdout,
      /\(core-module\) begins at byte [\d,]+ and should end at byte [\d,]+: [\d,]+ bytes are missing/,
    );
    const json = JSON.parse((await cli(['inspect', '--json', fixture('truncated')])).stdout) as {
      damage: { offset: number; byte: null; sizeBytes: number; broken: { id: number } };
    };
    const { offset, byte, sizeBytes, broken } = json.damage;
    assert.deepEqual([offset, byte, sizeBytes, broken.id], [4000, null, 4000, 1]);
  });
});
