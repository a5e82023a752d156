import assert from 'node:assert/strict';
import { bareProfile } from '../../../src/instance/profile';
import { fixture as fixtureFile } from '../../fixtures';
import { run } from '../support/cli';
import { eventually } from '../support/processes';
import { Output } from '../harness';
import { Arena, stateOf } from './arena';

/** A guest that never ends by itself, with what it prints once it is at it. */
interface Endless {
  readonly does: string;
  readonly fixture: string;
  readonly args?: readonly string[];
  readonly prints?: string;
  readonly printsTo?: 'stdout' | 'stderr';
  /** Whether it is of WASI 0.3, which not every Node runs. */
  readonly async?: boolean;
}

const endless: readonly Endless[] = [
  { does: 'spins', fixture: 'spin', prints: 'Spinning' },
  { does: 'sleeps for ever', fixture: 'sleep', prints: 'sleeping' },
  { does: 'prints at full speed', fixture: 'flood', prints: '0123456789' },
  {
    does: 'prints errors at full speed',
    fixture: 'flood',
    args: ['0', 'stderr'],
    prints: '0123456789',
    printsTo: 'stderr',
  },
  {
    does: 'prints much and then spins',
    fixture: 'flood',
    args: ['1000000', 'stdout', 'spin'],
    prints: '0123456789',
  },
  { does: 'spins as an async function', fixture: 'async-spin', async: true },
  { does: 'waits as an async function', fixture: 'async-sleep', async: true },
];

const hasJspi = 'Suspending' in WebAssembly;

describe('a guest that never ends and', () => {
  const arena = new Arena();
  before(() => arena.open());
  afterEach(() => arena.close());
  after(() => arena.dispose());

  for (const { does, fixture, args = [], prints, printsTo = 'stdout', async = false } of endless) {
    if (async && !hasJspi) continue;

    it(`${does} is stopped within 100 ms, or with status 124 at its time limit`, async () => {
      const timedOut = run(fixture, '--timeout', '1s', '--', ...args);
      const output = new Output();
      const instance = await arena.start(fixture, { args }, output);
      const call = arena.test.run(instance);
      const atIt = () => prints === undefined || output[printsTo].includes(prints);
      assert.ok(await eventually(atIt, 5000));
      await new Promise((wait) => setTimeout(wait, 100));
      const before = performance.now();
      await arena.test.engine.stop(instance.id, { type: 'user' });
      const tookMs = performance.now() - before;
      assert.ok(tookMs < 100, `the stop took ${String(tookMs)} ms`);
      assert.deepEqual((await call).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
      assert.equal(stateOf(arena.test.now(instance)), 'stopped: user');

      const command = await timedOut;
      assert.equal(command.status, 124);
      assert.ok(prints === undefined || command[printsTo].includes(prints));
      assert.match(
        command.stderr.slice(-200),
        new RegExp(`${fixture}\\.wasm #1 was stopped after 1 s, its time limit\n$`),
      );
      assert.deepEqual(command.leftBehind, []);
    });
  }

  it('holds a gigabyte is stopped within 100 ms', async () => {
    const { instance } = await arena.fight('grow', { args: ['1024', 'touch'] });
    const before = performance.now();
    await arena.test.engine.stop(instance.id, { type: 'user' });
    assert.ok(performance.now() - before < 100);
    assert.equal(stateOf(arena.test.now(instance)), 'stopped: user');
  });

  it('spins in its start function is stopped within 100 ms', async () => {
    const { engine, registry } = arena.test;
    const starting = arena.start('start-spin');
    assert.ok(await eventually(() => registry.all().some(({ state }) => state.type === 'starting'), 5000));
    const instance = registry.all().find(({ state }) => state.type === 'starting');
    assert.ok(instance);
    assert.ok(await eventually(() => engine.pidOf(instance.id) !== undefined, 5000));
    arena.note(instance);
    await new Promise((wait) => setTimeout(wait, 200));
    const before = performance.now();
    await engine.stop(instance.id, { type: 'user' });
    assert.ok(performance.now() - before < 100);
    assert.equal(stateOf(await starting), 'stopped: user');
  });

  it('spins in its start function ends with status 124 at its time limit', async () => {
    const command = await run('start-spin', '--timeout', '1s');
    assert.equal(command.status, 124);
    assert.deepEqual(command.leftBehind, []);
  });

  it('prints to a reader that takes nothing waits, is stopped within 100 ms, and its output is thrown away', async () => {
    const read = await arena.test.engine.readBuild(fixtureFile('flood'));
    assert.ok(read.ok);
    let taken = 0;
    const output = (_stream: string, bytes: Uint8Array) => {
      taken += bytes.length;
      return new Promise<void>(() => undefined);
    };
    const instance = await arena.test.engine.startInstance(read.value, bareProfile, { output });
    arena.note(instance);
    const call = arena.test.run(instance);
    await new Promise((wait) => setTimeout(wait, 500));
    const before = performance.now();
    await arena.test.engine.stop(instance.id, { type: 'user' });
    assert.ok(performance.now() - before < 100);
    assert.deepEqual((await call).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
    assert.ok(taken < 1_000_000, `${String(taken)} bytes were handed over before the first were taken`);
    // So that the check of the descriptors that are left finds none.
    await new Promise((wait) => setTimeout(wait, 2500));
  });
});
