import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCallables } from '../../../src/calls/call-session';
import { compareEngines, type ComparedCall } from '../../../src/calls/compare-engines/compare-engines';
import type { EnginesReport } from '../../../src/calls/compare-engines/engines-report';
import { bareProfile, type Profile } from '../../../src/instance/profile';
import { fixture } from '../../fixtures';
import { temporaryFolder } from '../../support/temporary-folder';
import { TestEngine } from '../harness';
import { cli } from '../support/cli';
import { onWasmtime, placesFor } from '../support/wasmtime';

onWasmtime('a comparison with jco', (program) => {
  const test = new TestEngine({ wasmtime: () => placesFor(program) });
  const { engine, registry } = test;
  after(() => test.dispose());

  async function compare(
    name: string,
    profile: Partial<Profile> = {},
    text?: string,
  ): Promise<EnginesReport> {
    const read = await engine.readBuild(fixture(name));
    assert.ok(read.ok);
    const build = read.value;
    const exports = await readCallables(build);
    assert.ok(exports.ok);
    const [ref] = engine.runExports(build);
    const call: ComparedCall =
      text === undefined ? { type: 'run', ref: ref! } : { type: 'call', text, exports: exports.value };
    const { signal } = new AbortController();
    const compared = await compareEngines({
      engine,
      registry,
      build,
      profile: { ...bareProfile, ...profile },
      call,
      signal,
    });
    assert.ok(compared.ok);
    assert.deepEqual(registry.all(), []);
    return compared.value;
  }

  it('finds a run, a trap and an error the same, with times and memory', async () => {
    for (const name of ['hello', 'boom', 'run-error']) {
      const { isSame, sides } = await compare(name);
      assert.equal(isSame, true, name);
      for (const { first, again } of Object.values(sides))
        assert.ok(first.durationMs > 0 && again !== undefined);
      if (process.platform === 'linux') assert.ok((sides.wasmtime.first.peakBytes ?? 0) > 1 << 20);
    }
  });

  it('finds results the same, as text', async () => {
    const { isSame, sides } = await compare('tools', {}, 'divide(1, 0)');
    assert.deepEqual([isSame, sides.wasmtime.first.result], [true, 'err("division by zero")']);
  });

  it('gives each its own copy of what can be written to, and compares the files', async () => {
    const host = temporaryFolder();
    writeFileSync(join(host, 'old.txt'), 'old');
    const args = ['append', '/d/old.txt', 'er', ',', 'write', '/d/new.txt', 'new'];
    const { isSame, files } = await compare('files', {
      args,
      dirs: [{ host, guest: '/d', readOnly: false }],
    });
    assert.deepEqual(
      files.map(({ path, isSame: same }) => [path, same]),
      [
        ['/d/new.txt', true],
        ['/d/old.txt', true],
      ],
    );
    assert.equal(isSame, true);
    assert.deepEqual([readdirSync(host), readFileSync(join(host, 'old.txt'), 'utf8')], [['old.txt'], 'old']);
  });

  it('says what is different, and what is known of it', async () => {
    const { aspects, known, sides } = await compare('exceptions', {}, 'f()');
    assert.deepEqual(aspects, [{ aspect: 'outcome', relation: 'different', varies: [] }]);
    assert.deepEqual([known, sides.wasmtime.first.result], [['exceptions'], '9']);
  });

  it('sees that output differs from run to run', async () => {
    const { aspects } = await compare('random');
    const { varies, relation } = aspects.find(({ aspect }) => aspect === 'stdout')!;
    assert.deepEqual([relation, varies], ['unknown', ['jco', 'wasmtime']]);
  });

  it('is stopped by time limits, on both', async () => {
    const { aspects, sides } = await compare('spin', { timeoutMs: 300 });
    assert.equal(aspects.find(({ aspect }) => aspect === 'outcome')?.relation, 'same');
    assert.ok(aspects.every(({ relation }) => relation !== 'different'));
    assert.equal(sides.wasmtime.again, undefined);
  });

  it('is a table of the command line, whose status says whether anything differs', async () => {
    const env = { FRESH_INSTANCE_WASMTIME: program, HOME: process.env.HOME ?? '' };
    const json = join(temporaryFolder(), 'out.json');
    const same = await cli(['run', fixture('hello'), '--engine', 'both', '--json', json], { env });
    assert.deepEqual([same.status, same.stderr, same.leftBehind], [0, '', []]);
    assert.match(same.stdout, /outcome +returned ok +returned ok +same/);
    assert.equal(
      (JSON.parse(readFileSync(json, 'utf8')) as { comparison: { same: boolean } }).comparison.same,
      true,
    );
    const other = await cli(['call', fixture('exceptions'), 'f()', '--engine', 'both'], { env });
    assert.equal(other.status, 1, other.stderr);
    assert.match(other.stdout, /jco does not translate exceptions\. https:/);
    const none = await cli(['run', fixture('hello'), '--engine', 'both'], {
      env: { ...env, FRESH_INSTANCE_WASMTIME: '/nowhere/wasmtime' },
    });
    assert.equal(none.status, 2);
    assert.match(none.stderr, /cannot be compared: \/nowhere\/wasmtime.* is not a program\. https:/);
  });
});
