import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../../fixtures';
import { cli, startCli, type CliResult } from '../support/cli';
import { temporaryFolder } from '../../support/temporary-folder';

/** What `--json` writes. */
interface Record {
  readonly instances: readonly {
    readonly id: number;
    readonly state: string;
    readonly engine: { readonly name: string; readonly version?: string };
    readonly message?: string;
    readonly calls: readonly {
      readonly export: string;
      readonly outcome: string;
      readonly ms: number | null;
      readonly message: string | null;
    }[];
  }[];
}

/** Every instance of these tests is made on the engine that we bring along. */
const engine = { name: 'jco', version: '1.35.0' };

describe('`fresh-instance run` with --repeat, --same and --json', () => {
  const folder = temporaryFolder();
  const json = join(folder, 'out.json');

  /** Runs a fixture with --json; times are taken out of the record, having been checked. */
  async function recorded(name: string, ...args: readonly string[]): Promise<[CliResult, Record]> {
    rmSync(json, { force: true });
    const result = await cli(['run', fixture(name), '--json', json, ...args]);
    return [result, readRecord()];
  }

  function readRecord(): Record {
    const record = JSON.parse(readFileSync(json, 'utf8')) as Record;
    for (const { calls } of record.instances) {
      for (const { ms } of calls) assert.ok(ms !== null && ms >= 0);
    }
    return {
      instances: record.instances.map((instance) => ({
        ...instance,
        calls: instance.calls.map((call) => ({ ...call, ms: 0 })),
      })),
    };
  }

  const call = (outcome: string, message: string | null, version = '0.2.0') => ({
    export: `wasi:cli/run@${version}#run`,
    outcome,
    ms: 0,
    message,
  });
  const unreachable = 'wasm `unreachable` instruction executed';

  it('takes a fresh instance for each run', async () => {
    const [{ status, stdout, leftBehind }, record] = await recorded('counter', '--repeat', '3');
    assert.deepEqual([status, leftBehind], [0, []]);
    assert.equal(stdout, 'Run 1 on this instance\n'.repeat(3));
    assert.deepEqual(
      record.instances.map(({ id, state, calls }) => [id, state, calls]),
      [1, 2, 3].map((id) => [id, 'ready', [call('ok', null)]]),
    );
  });

  it('records that an instance is spent where a further run would trap, as far as the binary tells', async () => {
    const [{ status }, { instances }] = await recorded('guard', '--repeat', '2');
    assert.equal(status, 0);
    assert.deepEqual(instances, [
      { id: 1, state: 'spent', engine, calls: [call('ok', null, '0.2.12')] },
      { id: 2, state: 'spent', engine, calls: [call('ok', null, '0.2.12')] },
    ]);
  });

  it('records why an instance did not come up', async () => {
    const [{ stderr }, { instances }] = await recorded('needs-host');
    const [{ message = '', ...rest } = assert.fail()] = instances;
    assert.deepEqual(rest, { id: 1, state: 'failed', engine, calls: [] });
    assert.equal(
      stderr,
      `fresh-instance: needs-host.wasm cannot start: ${message}.\nfresh-instance: A JavaScript module can stand in for an import: --import INTERFACE=MODULE.\n`,
    );
  });

  it('takes one instance for all runs with --same', async () => {
    const [{ status, stdout }, record] = await recorded('counter', '--repeat', '3', '--same');
    assert.equal(status, 0);
    assert.equal(stdout, [1, 2, 3].map((turn) => `Run ${String(turn)} on this instance\n`).join(''));
    assert.deepEqual(record, {
      instances: [
        { id: 1, state: 'ready', engine, calls: [call('ok', null), call('ok', null), call('ok', null)] },
      ],
    });
  });

  it('runs a guarded command again on fresh instances, and traps with --same', async () => {
    const fresh = await cli(['run', fixture('guard'), '--repeat', '3']);
    assert.deepEqual([fresh.status, fresh.stdout], [0, 'ran\nran\nran\n']);
    const [same, record] = await recorded('guard', '--repeat', '3', '--same');
    assert.deepEqual([same.status, same.stdout], [134, 'ran\n']);
    assert.deepEqual(record, {
      instances: [
        {
          id: 1,
          state: 'trapped',
          engine,
          calls: [call('ok', null, '0.2.12'), call('trapped', unreachable, '0.2.12')],
        },
      ],
    });
  });

  it('records how each kind of run ended', async () => {
    const ended = async (name: string, ...args: readonly string[]) => {
      const [{ status }, { instances }] = await recorded(name, ...args);
      return [
        status,
        ...instances.map(({ state, calls }) => [state, calls.map((c) => [c.outcome, c.message])]),
      ];
    };
    assert.deepEqual(await ended('run-error'), [1, ['ready', [['error', null]]]]);
    assert.deepEqual(await ended('exit3'), [1, ['exited', [['exited', 'exited with 1']]]]);
    assert.deepEqual(await ended('boom'), [134, ['trapped', [['trapped', unreachable]]]]);
    assert.deepEqual(await ended('start-trap'), [134, ['trapped', []]]);
    assert.deepEqual(await ended('needs-host'), [2, ['failed', []]]);
    assert.deepEqual(await ended('spin', '--timeout', '1s'), [
      124,
      ['stopped', [['stopped', 'stopped after 1 s, its time limit']]],
    ]);
  });

  it('goes on after a run that failed, and ends with the last status that is not 0', async () => {
    const { status, stderr } = await cli(['run', fixture('exit3'), '--repeat', '3']);
    assert.equal(status, 1);
    assert.equal(stderr.match(/leaving with exit\(3\)/g)?.length, 3);
  });

  it('makes hundreds of fresh instances', async () => {
    const { status, stdout, leftBehind } = await cli(['run', fixture('hello'), '--repeat', '300']);
    assert.deepEqual([status, leftBehind], [0, []]);
    assert.equal(stdout, 'Hello from hello.wasm\n'.repeat(300));
  });

  it('makes hundreds of calls on one instance', async () => {
    const { status, stdout } = await cli(['run', fixture('counter'), '--repeat', '500', '--same']);
    assert.equal(status, 0);
    assert.ok(stdout.endsWith('Run 499 on this instance\nRun 500 on this instance\n'));
  });

  it('writes the record when it is interrupted', async () => {
    rmSync(json, { force: true });
    const command = startCli(['run', fixture('spin'), '--repeat', '5', '--json', json]);
    await command.until('Spinning');
    command.signal('SIGINT');
    assert.equal((await command.result).status, 130);
    assert.deepEqual(readRecord().instances, [
      { id: 1, state: 'stopped', engine, calls: [call('stopped', 'stopped by the user', '0.2.12')] },
    ]);
  });

  it('says in the record why there is no instance', async () => {
    const why = async (...args: readonly string[]) => {
      rmSync(json, { force: true });
      const { status, stderr } = await cli([...args, '--json', json]);
      assert.equal(status, 2);
      const record = JSON.parse(readFileSync(json, 'utf8')) as {
        instances: unknown;
        error: { code: string; message: string; nextStep: string };
      };
      assert.deepEqual(record.instances, []);
      assert.ok(stderr.includes(record.error.message), stderr);
      assert.notEqual(record.error.nextStep, '');
      return record.error.code;
    };
    assert.equal(await why('run', 'package.json'), 'not-wasm');
    assert.equal(await why('run', fixture('empty')), 'empty');
    assert.equal(await why('run', fixture('truncated')), 'invalid');
    assert.equal(await why('run', join(folder, 'no-such.wasm')), 'not-found');
    assert.equal(await why('run', fixture('greeter')), 'no-run');
    assert.equal(await why('call', fixture('module-threads'), 'f()'), 'core-module');
  });

  it('explains a trap with --same: what speaks for it, and what to do', async () => {
    const lines = async (name: string, times: number) => {
      const { status, stderr } = await cli(['run', fixture(name), '--repeat', String(times), '--same']);
      assert.equal(status, 134);
      return stderr.trimEnd().split('\n');
    };
    const lineOf = (stderr: readonly string[]) => / at (\S+:\d+) /.exec(stderr[1] ?? '')?.[1] ?? 'nowhere';
    const next = (made: string) =>
      `fresh-instance: A trapped instance cannot be entered again${made}. Without --same every run gets a fresh instance.`;
    const guarded = await lines('guard', 3);
    assert.match(guarded[0]!, /^fresh-instance: guard\.wasm #1 trapped: wasm `unreachable` instruction/);
    assert.match(guarded[1]!, /^ {4}run at .*guard\.c:7/);
    assert.match(
      guarded[2]!,
      /^fresh-instance: It was run 2 on one instance, and its `run` may run once per instance \(guard at 0x\w+, guard\.c:7\):$/,
    );
    assert.match(guarded[3]!, /^ {4}a second entry reaches the trap .* because the first entry left a mark/);
    assert.match(guarded[4]!, /^ {4}the mark is still there/);
    assert.deepEqual(guarded.slice(5), [next(', so the other run was not made')]);

    // Its guard is behind a host call, of which reading the binary tells nothing.
    const third = await lines('third', 3);
    assert.deepEqual(third.slice(2), [
      'fresh-instance: It was run 3 on one instance; reading the binary does not tell why.',
      next(''),
    ]);

    const first = await lines('boom', 4);
    assert.deepEqual(first.slice(-2), [
      `fresh-instance: The first call trapped, so a fresh instance may trap as well. Look at ${lineOf(first)}.`,
      'fresh-instance: A trapped instance cannot be entered again, so the other 3 runs were not made.',
    ]);
  });

  it('tells with --same which runs were not made after an exit or a stop', async () => {
    const fresh = 'Without --same every run gets a fresh instance.';
    const exited = await cli(['run', fixture('exit3'), '--repeat', '3', '--same']);
    assert.equal(exited.status, 1);
    assert.ok(
      exited.stderr.endsWith(
        `fresh-instance: The instance has ended, so 2 more runs were not made. ${fresh}\n`,
      ),
      exited.stderr,
    );
    const stopped = await cli(['run', fixture('spin'), '--repeat', '2', '--same', '--timeout', '500ms']);
    assert.equal(stopped.status, 124);
    assert.match(stopped.stderr, /so 1 more run was not made\. Without --same/);
    const once = await cli(['run', fixture('exit3'), '--same']);
    assert.doesNotMatch(once.stderr, /--same/);
    const last = await cli(['run', fixture('counter'), '--repeat', '2', '--same']);
    assert.equal(last.stderr, '');
  });
});
