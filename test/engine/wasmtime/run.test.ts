import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallRefused } from '../../../src/engine/errors';
import { abilitiesOf, engineIdentity } from '../../../src/engine/backend';
import { bareProfile, type Profile } from '../../../src/instance/profile';
import type { Instance } from '../../../src/instance/registry';
import { temporaryFolder } from '../../support/temporary-folder';
import { fixture } from '../../fixtures';
import { Output, TestEngine } from '../harness';
import { outcomeOf, stateOf } from '../hostile/arena';
import { eventually } from '../support/processes';
import { onWasmtime, placesFor } from '../support/wasmtime';

/** How a run ended, and what became of its instance. */
interface Ended {
  readonly instance: Instance;
  readonly outcome: string;
  readonly state: string;
  readonly output: Output;
}

onWasmtime('a run', (program) => {
  const test = new TestEngine({ wasmtime: () => placesFor(program) });
  after(() => test.dispose());

  async function run(name: string, profile: Partial<Profile> = {}): Promise<Ended> {
    const output = new Output();
    const started = await test.start(
      name,
      { engine: 'wasmtime', stdin: { type: 'empty' }, ...profile },
      output,
    );
    if (started.state.type !== 'ready')
      return { instance: started, outcome: 'none', state: stateOf(started), output };
    const { ended } = await test.run(started);
    const instance = test.now(started);
    return { instance, outcome: outcomeOf(ended!.outcome), state: stateOf(instance), output };
  }

  it('returns, and its process has ended', async () => {
    const { instance, outcome, state, output } = await run('hello');
    assert.deepEqual([outcome, state, output.stdout], ['returned ok', 'spent', 'Hello from hello.wasm\n']);
    assert.deepEqual(instance.state, { type: 'spent', why: 'process-ended' });
    assert.equal(test.engine.pidOf(instance.id), undefined);
    await assert.rejects(
      test.run(instance),
      (error) => error instanceof CallRefused && error.refusal.type === 'process-ended',
    );
  });

  it('says which version it ran on', async () => {
    const { instance } = await run('hello');
    const { name, version = '' } = engineIdentity(instance);
    assert.equal(name, 'wasmtime');
    assert.match(version, /^\d+\.\d+\.\d+$/);
    const found = await test.engine.wasmtime();
    assert.deepEqual(found.ok && [found.value.path, found.value.version], [program, version]);
    assert.equal(abilitiesOf.wasmtime.keepsInstances, false);
  });

  for (const [name, outcome, state, stderr] of [
    ['run-error', 'returned an error', 'spent', ''],
    ['exit3', 'exited with 1', 'exited 1', 'This did not go well, leaving with exit(3)\n'],
    [
      'run-trap',
      'trapped: wasm `unreachable` instruction executed',
      'trapped: wasm `unreachable` instruction executed',
      '',
    ],
    [
      'start-trap',
      'trapped: wasm `unreachable` instruction executed',
      'trapped: wasm `unreachable` instruction executed',
      '',
    ],
    ['recurse', 'trapped: call stack exhausted', 'trapped: call stack exhausted', ''],
  ] as const) {
    it(`of ${name}.wasm ends as on jco: ${outcome}`, async () => {
      const ended = await run(name);
      assert.deepEqual([ended.outcome, ended.state, ended.output.stderr], [outcome, state, stderr]);
    });
  }

  it('names the places of a trap as jco does', async () => {
    const frames = async (engine: 'jco' | 'wasmtime') => {
      const { instance } = await run('boom', { engine });
      const outcome = instance.calls[0]!.ended!.outcome;
      assert.ok(outcome.type === 'trapped');
      return outcome.frames;
    };
    const [onJco, onWasmtime] = [await frames('jco'), await frames('wasmtime')];
    const sources = (all: typeof onJco) =>
      all.flatMap(({ func, source }) =>
        source === undefined ? [] : [`${func ?? ''} ${source.file}:${String(source.line)}`],
      );
    assert.deepEqual(sources(onWasmtime).slice(0, 4), sources(onJco).slice(0, 4));
    assert.match(sources(onWasmtime)[0]!, /^explode .*boom\.c:5$/);
  });

  it('gets its arguments, its name, its environment and its input, and nothing of ours', async () => {
    process.env.FRESH_INSTANCE_SECRET = 'ours';
    const all = await run('env-once');
    assert.ok(!all.output.stdout.includes('ours'));
    const one = await run('getenv', {
      args: ['NAME', 'FRESH_INSTANCE_SECRET', 'HOME'],
      env: { NAME: 'a value' },
    });
    assert.ok(
      one.output.stdout.includes('a value') && !one.output.stdout.includes('ours'),
      one.output.stdout,
    );
    delete process.env.FRESH_INSTANCE_SECRET;
    const input = join(temporaryFolder(), 'input');
    writeFileSync(input, 'typed\n');
    const echo = await run('echo', { stdin: { type: 'file', path: input } });
    assert.ok(echo.output.stdout.includes('typed'), echo.output.stdout);
  });

  it('keeps the order of stdout and stderr where both end in the same place', async () => {
    const output = new Output();
    const io = { ...output.io, samePlace: true };
    const read = await test.engine.readBuild(fixture('interleave'));
    assert.ok(read.ok);
    const profile: Profile = { ...bareProfile, engine: 'wasmtime', stdin: { type: 'empty' }, args: ['50'] };
    const [ref] = test.engine.runExports(read.value);
    await test.engine.runFresh(read.value, profile, io, ref!);
    const lines = Array.from(
      { length: 50 },
      (_, index) => `out ${String(index + 1)}\nerr ${String(index + 1)}\n`,
    );
    assert.equal(output.stdout, lines.join(''));
    const trapped = new Output();
    const boom = await test.engine.readBuild(fixture('boom'));
    assert.ok(boom.ok);
    const [run] = test.engine.runExports(boom.value);
    const { call } = await test.engine.runFresh(
      boom.value,
      { ...profile, args: [] },
      { ...trapped.io, samePlace: true },
      run!,
    );
    assert.equal(outcomeOf(call!.ended!.outcome), 'trapped: wasm `unreachable` instruction executed');
    assert.equal(trapped.stdout, 'Three, two, one\n');
  });

  it('reads what is typed, until its end', async () => {
    const output = new Output();
    const instance = await test.start('echo', { engine: 'wasmtime', stdin: { type: 'terminal' } }, output);
    test.engine.writeStdin(instance.id, Buffer.from('typed ahead\n'));
    const running = test.run(instance);
    await eventually(() => test.engine.pidOf(instance.id) !== undefined, 5000);
    assert.equal(test.now(instance).state.type, 'running');
    test.engine.writeStdin(instance.id, Buffer.from('typed later\n'));
    test.engine.endStdin(instance.id);
    assert.equal(outcomeOf((await running).ended!.outcome), 'returned ok');
    assert.match(output.stdout, /typed ahead[^]*typed later/);
  });

  it('reads and writes in a granted directory, and nowhere else', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'inside'));
    writeFileSync(join(folder, 'outside.txt'), 'not for guests');
    writeFileSync(join(folder, 'inside', 'note.txt'), 'a note');
    const ops = 'cat /data/note.txt , write /data/made.txt x , cat /data/../outside.txt , cat /etc/passwd';
    const dirs = [{ host: join(folder, 'inside'), guest: '/data', readOnly: false }];
    const { output } = await run('files', { args: ops.split(' '), dirs });
    assert.equal(
      output.stdout,
      'a notewrote /data/made.txt\n/data/../outside.txt: Operation not permitted\n/etc/passwd: No such file or directory\n',
    );
    assert.equal(readFileSync(join(folder, 'inside', 'made.txt'), 'utf8'), 'x');
  });

  it('is refused, with a reason, where the program would grant more or cannot do it', async () => {
    const folder = temporaryFolder();
    const lacks = async (name: string, profile: Partial<Profile>) => {
      const { instance } = await run(name, profile);
      assert.ok(
        instance.state.type === 'failed' && instance.state.failure.code === 'engine-lacks',
        stateOf(instance),
      );
      return instance.state.failure.lack.what;
    };
    assert.equal(
      await lacks('hello', { dirs: [{ host: folder, guest: '/a', readOnly: true }] }),
      'read-only-directory',
    );
    assert.equal(await lacks('http', {}), 'http-without-network');
    const modules = [{ interface: 'samples:workshop/thermometer', path: join(folder, 'm.mjs') }];
    assert.equal(await lacks('needs-host', { modules }), 'import-modules');
    const gone = await run('hello', { dirs: [{ host: join(folder, 'gone'), guest: '/a', readOnly: false }] });
    assert.match(gone.state, /which is not there$/);
    assert.match((await run('needs-host')).state, /samples:workshop\/thermometer/);
    assert.match((await run('needs-memory', { maxMemoryBytes: 1 << 20 })).state, /its memory begins at/);
  });

  it('cannot be debugged', async () => {
    const instance = await test.start('hello', { engine: 'wasmtime' }, new Output(), {
      onInspector: () => Promise.resolve(),
    });
    assert.match(stateOf(instance), /^failed: debugging works on the engine jco, not on wasmtime/);
  });

  it('is refused where there is no wasmtime', async () => {
    const without = new TestEngine({ wasmtime: () => placesFor('/nowhere/wasmtime') });
    const instance = await without.start('hello', { engine: 'wasmtime' });
    assert.deepEqual(instance.state, {
      type: 'failed',
      failure: { code: 'no-wasmtime', path: '/nowhere/wasmtime' },
    });
    await without.dispose();
  });

  it('of WASI 0.3 returns and traps', async () => {
    assert.deepEqual((await run('async-ok')).outcome, 'returned ok');
    const { outcome, output } = await run('async-trap');
    assert.deepEqual(
      [outcome, output.stdout],
      ['trapped: wasm `unreachable` instruction executed', 'about to trap\n'],
    );
  });
});
