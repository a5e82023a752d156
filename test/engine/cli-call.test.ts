import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { cli } from './support/cli';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let folder: string;

before(() => {
  folder = temporaryFolder();
});

/** Runs `fresh-instance call`. */
async function call(args: readonly string[], input: string | Uint8Array = ''): Promise<Ended> {
  const { status, stdout, stderr } = await cli(['call', ...args], { input });
  return { status, stdout, stderr };
}

describe('`fresh-instance call`', () => {
  it('makes all calls on one instance and prints their results', async () => {
    const ended = await call([
      fixture('tools'),
      'next()',
      'test:fixtures/tools#add(1, 2)',
      'say("hello")',
      'next()',
    ]);
    assert.deepEqual(ended, { status: 0, stdout: '1\n3\nhello\n()\n2\n', stderr: '' });
  });

  it('makes the calls in a file or on stdin, one per line, and skips empty lines and comments', async () => {
    const lines = 'next()\n\n  // a comment\ncounter(5) // another\n$1.next()';
    const path = join(folder, 'calls.txt');
    writeFileSync(path, lines);
    const expected = { status: 0, stdout: '1\n$1\n6\n', stderr: '' };
    assert.deepEqual(await call([fixture('tools')], lines), expected);
    assert.deepEqual(await call([fixture('tools'), '--calls', path]), expected);
  });

  it('makes the calls of a WAVE document over several lines, and says where one is wrong', async () => {
    const path = join(folder, 'calls.wave');
    writeFileSync(
      path,
      '// component: tools.wasm\n\nadd(\n  1, // one\n  2,\n)\nsay("(")\nadd(\n  1,\n  two,\n)\nnext()\n',
    );
    const ended = await call([fixture('tools'), '--calls', path]);
    assert.deepEqual([ended.status, ended.stdout], [2, '3\n(\n()\n']);
    assert.match(ended.stderr, /calls\.wave:10:3: Expected a whole number/);
  });

  it('lists and drops handles among the calls, once each even with --repeat', async () => {
    const made = await call([
      fixture('tools'),
      'counter.several([5, 7])',
      ':handles',
      ':drop $1 $2',
      'dropped-counters()',
      '--repeat',
      '1',
    ]);
    assert.deepEqual(made, {
      status: 0,
      stdout:
        '[$1, $2]\n$1  counter  from counter.several([5, 7])\n$2  counter  from counter.several([5, 7])\ndropped 7\n2\n',
      stderr: '',
    });
    const repeated = await call([fixture('tools'), 'counter(1)', ':drop $1', '--repeat', '2']);
    assert.deepEqual(repeated, { status: 0, stdout: '$1\n$2\n', stderr: '' });
    const wrong = await call([fixture('tools')], 'counter(5)\n:drop $2 // not there\nnext()\n');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /stdin:2: There is no handle `\$2` on this instance\.\n$/);
    const other = await call([fixture('tools')], 'next()\n:state\n');
    assert.deepEqual([other.status, other.stdout], [2, '1\n']);
    assert.match(
      other.stderr,
      /stdin:2: :state is not a command among calls\. The commands are :handles, :drop and :read\./,
    );
    const compared = await call([fixture('tools'), ':drop $1', '--compare']);
    assert.equal(compared.status, 2);
    assert.match(compared.stderr, /:drop \$1 cannot be compared/);
    const trapped = await call([fixture('tools'), 'counter(13)', ':drop $1', 'next()']);
    assert.equal(trapped.status, 134);
    assert.match(
      trapped.stderr,
      /tools\.wasm #1 trapped: .*unreachable[^]*next\(\) and the calls after it were not made/,
    );
  });

  it('ends with 1 if a call returned an error, and makes the calls after it', async () => {
    const ended = await call([fixture('tools'), 'divide(1, 0)', 'divide(4, 2)']);
    assert.deepEqual(ended, { status: 1, stdout: 'err("division by zero")\nok(2)\n', stderr: '' });
  });

  it('ends with 134 at a trap', async () => {
    const ended = await call([fixture('tools'), 'divide(1, 0)', 'crash()', 'next()']);
    assert.equal(ended.status, 134);
    assert.equal(ended.stdout, 'err("division by zero")\n');
    assert.match(ended.stderr, /tools\.wasm #1 trapped: .*unreachable/);
    assert.match(ended.stderr, /next\(\) and the calls after it were not made/);
  });

  it('ends with 2 at a wrong call and points at the place', async () => {
    const argument = await call([fixture('tools'), 'next()', 'add(1, x)', 'next()']);
    assert.equal(argument.status, 2);
    assert.equal(argument.stdout, '1\n');
    assert.match(argument.stderr, /found `x`\.\n {2}add\(1, x\)\n {9}\^\n$/);
    const line = await call([fixture('tools')], 'next()\n\nadd(1, "☃")\n');
    assert.match(line.stderr, /stdin:3:8: Expected a whole number/);
    const bytes = await call([fixture('tools')], Buffer.concat([Buffer.from('say("☃'), Buffer.of(0xff)]));
    assert.equal(bytes.status, 2);
    assert.match(bytes.stderr, /stdin:1:7: Byte 8 \(0xFF\) is not UTF-8\./);
  });

  it('writes a record of the calls', async () => {
    const path = join(folder, 'record.json');
    await call([fixture('tools'), 'add(1, 2)', 'divide(1, 0)', '--json', path]);
    const record: unknown = JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) =>
      key === 'ms' ? 0 : value,
    );
    assert.deepEqual(record, {
      instances: [
        {
          id: 1,
          state: 'ready',
          engine: { name: 'jco', version: '1.35.0' },
          calls: [
            { export: 'test:fixtures/tools#add', outcome: 'ok', ms: 0, message: null },
            { export: 'test:fixtures/tools#divide', outcome: 'error', ms: 0, message: null },
          ],
        },
      ],
    });
  });

  it('records thousands of calls if asked to', async () => {
    const path = join(folder, 'many.json');
    const made = await call([fixture('tools'), 'next()', '--repeat', '3000', '--json', path]);
    assert.deepEqual([made.status, made.stdout.split('\n').at(-2)], [0, '3000']);
    const { instances } = JSON.parse(readFileSync(path, 'utf8')) as {
      instances: { calls: { export: string; outcome: string }[] }[];
    };
    const outcomes = instances.flatMap(({ calls }) => calls.map(({ outcome }) => outcome));
    assert.deepEqual(
      outcomes,
      Array.from({ length: 3000 }, () => 'ok'),
    );
  });

  it('repeats calls on one instance', async () => {
    const ended = await call([fixture('tools'), '--repeat', '3', 'next()']);
    assert.equal(ended.stdout, '1\n2\n3\n');
  });

  it('compares one instance with fresh ones: a pure, a stateful, a leaking export, and one that traps when repeated', async () => {
    const pure = await call([fixture('tools'), '--compare', '--repeat', '3', 'add(1, 2)']);
    assert.match(pure.stdout, /\nadd\(1, 2\) can be called again/);
    assert.equal(pure.status, 0);
    const stateful = await call([fixture('tools'), '--compare', '--repeat', '3', 'next()']);
    assert.match(stateful.stdout, /result \* +1, 2, 3 +1 each time\n/);
    assert.match(stateful.stdout, /\nnext\(\) keeps state/);
    const leaking = await call([fixture('tools'), '--compare', '--repeat', '3', 'leak()']);
    assert.match(leaking.stdout, /memory \* .*\(\+1 page per call\)/);
    const once = await call([fixture('tools'), '--compare', '--repeat', '3', 'once()']);
    assert.match(once.stdout, /Calling once\(\) again on one instance would trap: call 2 did/);
    assert.equal(once.status, 134);
    const crashing = await call([fixture('tools'), '--compare', 'crash()']);
    assert.match(crashing.stdout, /\ncrash\(\) trapped: unreachable in the first call/);
    assert.equal(crashing.status, 134);
    for (const name of ['fixed-once', 'random-once']) {
      const drawn = await call([fixture(name), '--compare', '--repeat', '3', 'draw()']);
      assert.equal(drawn.status, 134);
      assert.match(drawn.stdout, /Calling draw\(\) again on one instance would trap: call 2 did\./);
    }
    const making = await call([fixture('tools'), '--compare', 'counter(4)']);
    assert.match(making.stdout, /result +\$handle each time +\$handle each time\n/);
  });

  it('explains a trap of a second run among the calls', async () => {
    const ended = await call([fixture('hello'), 'run()', 'run()']);
    assert.equal(ended.status, 134);
    assert.match(
      ended.stderr,
      /\nfresh-instance: It was call 2 of run on one instance, and its `_start` may run once per instance/,
    );
    assert.match(ended.stderr, /Use "fresh-instance run" for each run: it gets a fresh instance\./);
    const crashed = await call([fixture('tools'), 'next()', 'crash()']);
    assert.doesNotMatch(crashed.stderr, /once per instance/);
  });

  it('ends with 2 if the calls cannot be read', async () => {
    const ended = await call([fixture('tools'), '--calls', join(folder, 'missing.txt')]);
    assert.equal(ended.status, 2);
    assert.match(ended.stderr, /^fresh-instance: The calls cannot be read: ENOENT/);
  });
});
