import assert from 'node:assert/strict';
import { CallRefused } from '../../../src/engine/errors';
import type { Instance } from '../../../src/instance/registry';
import { eventually } from '../support/processes';
import { Output } from '../harness';
import { Arena, outcomeOf, stateOf } from './arena';

/** What three calls of run on one instance do, for the outcome classes of the reference that end by themselves. */
interface OutcomeClass {
  readonly is: string;
  readonly fixture: string;
  /** How each call ended; `refused` for one that was not made. */
  readonly calls: readonly [string, string, string];
  /** What each call printed. */
  readonly printed: readonly [string, string, string];
  readonly state: string;
  readonly async?: boolean;
}

const unreachable = 'trapped: wasm `unreachable` instruction executed';

const classes: readonly OutcomeClass[] = [
  {
    is: '1: a guarded command',
    fixture: 'guard',
    calls: ['returned ok', unreachable, 'refused'],
    printed: ['ran\n', '', ''],
    state: unreachable,
  },
  {
    is: '1: a guarded command without an adapter',
    fixture: 'p2-native',
    calls: ['returned ok', unreachable, 'refused'],
    printed: ['ran without an adapter\n', '', ''],
    state: unreachable,
  },
  {
    is: '2: an unguarded command',
    fixture: 'unguarded',
    calls: ['returned ok', 'returned ok', 'returned ok'],
    printed: ['run 1 without a guard\n', 'run 2 without a guard\n', 'run 3 without a guard\n'],
    state: 'ready',
  },
  {
    is: '3: reruns, with its state kept',
    fixture: 'counter',
    calls: ['returned ok', 'returned ok', 'returned ok'],
    printed: ['Run 1 on this instance\n', 'Run 2 on this instance\n', 'Run 3 on this instance\n'],
    state: 'ready',
  },
  {
    is: '3: reruns until the third call',
    fixture: 'third',
    calls: ['returned ok', 'returned ok', unreachable],
    printed: ['ran\n', 'ran\n', ''],
    state: unreachable,
  },
  {
    is: '6: a silent no-op',
    fixture: 'once',
    calls: ['returned ok', 'returned ok', 'returned ok'],
    printed: ['did the work\n', '', ''],
    state: 'ready',
  },
  {
    is: '7: an error result',
    fixture: 'run-error',
    calls: ['returned an error', 'returned an error', 'returned an error'],
    printed: ['no luck\n', 'no luck\n', 'no luck\n'],
    state: 'ready',
  },
  {
    is: '8: a trap on the first call',
    fixture: 'run-trap',
    calls: [unreachable, 'refused', 'refused'],
    printed: ['', '', ''],
    state: unreachable,
  },
  {
    is: '9: a trap that the engine does not lock',
    fixture: 'async-trap',
    calls: [unreachable, 'refused', 'refused'],
    printed: ['about to trap\n', '', ''],
    state: unreachable,
    async: true,
  },
  {
    is: '9: a full stack, which the engine does not lock',
    fixture: 'recurse',
    calls: ['trapped: call stack exhausted', 'refused', 'refused'],
    printed: ['recursing\n', '', ''],
    state: 'trapped: call stack exhausted',
  },
  {
    is: '10: an exit',
    fixture: 'exit3',
    calls: ['exited with 1', 'refused', 'refused'],
    printed: ['', '', ''],
    state: 'exited 1',
  },
  {
    is: '10: an exit on the second call',
    fixture: 'exits-second',
    calls: ['returned ok', 'exited with 1', 'refused'],
    printed: ['ran\n', '', ''],
    state: 'exited 1',
  },
];

describe('outcome class', () => {
  const arena = new Arena();
  before(() => arena.open());
  afterEach(() => arena.close());
  after(() => arena.dispose());

  /** Calls run; says how it ended and what it printed meanwhile. */
  async function callRun(instance: Instance, output: Output): Promise<readonly [string, string]> {
    const from = output.stdout.length;
    try {
      const { ended } = await arena.test.run(instance);
      return [ended === undefined ? 'going on' : outcomeOf(ended.outcome), output.stdout.slice(from)];
    } catch (error) {
      if (!(error instanceof CallRefused)) throw error;
      return ['refused', ''];
    }
  }

  for (const { is, fixture, calls, printed, state, async = false } of classes) {
    if (async && !('Suspending' in WebAssembly)) continue;
    it(`${is}: ${calls.join(' / ')}`, async () => {
      const output = new Output();
      const instance = await arena.start(fixture, {}, output);
      const seen = [];
      for (let turn = 0; turn < 3; turn++) seen.push(await callRun(instance, output));
      assert.deepEqual(
        seen.map(([outcome]) => outcome),
        calls,
      );
      assert.deepEqual(
        seen.map(([, text]) => text),
        printed,
      );
      assert.equal(stateOf(arena.test.now(instance)), state);
    });
  }

  it('4: reads its environment once, so that a later one is stale', async () => {
    const output = new Output();
    const instance = await arena.start('env-once', { env: { ONE: '1' } }, output);
    await arena.test.run(instance);
    const [run] = arena.test.engine.runExports(instance.build);
    assert.ok(run);
    const profile = { ...instance.profile, env: { ONE: '1', TWO: '2', THREE: '3' } };
    const call = await arena.test.engine.call(instance.id, run, [], { profile });
    assert.deepEqual(call.ended?.outcome, { type: 'ok' });
    assert.equal(output.stdout, '1 environment variables at the first call\n'.repeat(2));
    assert.equal(stateOf(arena.test.now(instance)), 'ready');
  });

  it('5: leaks 256 KiB with each call, and the calls tell', async () => {
    const instance = await arena.start('leak');
    for (let turn = 0; turn < 3; turn++) await arena.test.run(instance);
    const growth = arena.test
      .now(instance)
      .calls.map(({ memoryBeforeBytes = 0, memoryAfterBytes = 0 }) => memoryAfterBytes - memoryBeforeBytes);
    // The first calls grow it for other reasons too.
    assert.ok(
      growth.every((bytes) => bytes >= 262_144),
      growth.join(', '),
    );
    assert.equal(growth[2], 262_144);
    assert.equal(stateOf(arena.test.now(instance)), 'ready');
  });

  it('11: never returns from its second call, and only a stop helps', async () => {
    const output = new Output();
    const instance = await arena.start('spins-second', {}, output);
    await arena.test.run(instance);
    const second = arena.test.run(instance);
    await new Promise((wait) => setTimeout(wait, 200));
    assert.equal(stateOf(arena.test.now(instance)), 'running');
    await arena.test.engine.stop(instance.id, { type: 'user' });
    assert.deepEqual((await second).ended?.outcome, { type: 'stopped', reason: { type: 'user' } });
  });

  it('12: is called while it runs: refused, and the running call is not affected', async () => {
    const output = new Output();
    const instance = await arena.start('ask', { stdin: { type: 'terminal' } }, output);
    const first = arena.test.run(instance);
    await output.until('Say something: ');
    await assert.rejects(arena.test.run(instance), { refusal: { type: 'running', call: 1 } });
    assert.equal(stateOf(arena.test.now(instance)), 'running');
    arena.test.engine.writeStdin(instance.id, Buffer.from('still here\n'));
    await output.until('You said "still here"');
    arena.test.engine.endStdin(instance.id);
    assert.deepEqual((await first).ended?.outcome, { type: 'ok' });
  });

  it('13: cannot start for its imports: failed, calls are refused, and the message names them', async () => {
    const instance = await arena.start('needs-host');
    assert.match(stateOf(instance), /^failed: it imports samples:workshop\/thermometer/);
    await assert.rejects(arena.test.run(instance), CallRefused);
  });

  it('none: a runner that dies takes nothing along but its instance', async () => {
    const output = new Output();
    const instance = await arena.start('spin', {}, output);
    const call = arena.test.run(instance);
    await output.until('Spinning');
    const pid = arena.test.engine.pidOf(instance.id);
    assert.ok(pid !== undefined);
    process.kill(pid, 'SIGSEGV');
    assert.ok(await eventually(() => stateOf(arena.test.now(instance)) === 'stopped: runner-died', 5000));
    assert.deepEqual((await call).ended?.outcome, {
      type: 'stopped',
      reason: { type: 'runner-died', detail: 'killed by SIGSEGV' },
    });
  });
});
