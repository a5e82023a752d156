import assert from 'node:assert/strict';
import { planOn } from '../../src/calls/plan-call';
import { CallConsole } from '../../src/calls/call-console';
import type { CallSession, MadeRead } from '../../src/calls/call-session';
import { readingText } from '../../src/calls/reading-text';
import { readLimits, type ReadLimits } from '../../src/engine/wire-reading';
import type { Instance } from '../../src/instance/registry';
import { consoleLines } from '../../src/words/console';
import { fixture } from '../fixtures';
import { TestEngine } from './harness';
import { cli } from './support/cli';
import { waveErrorText } from '../../src/words/wave-error';

const hasJspi = 'Suspending' in WebAssembly;

/** Long enough on a busy machine. */
const patient: ReadLimits = { ...readLimits, waitMs: 60_000 };
/** For reads that get nothing. */
const brief: ReadLimits = { ...readLimits, waitMs: 20 };

if (hasJspi) {
  describe('what streams and futures hold', () => {
    const test = new TestEngine();
    let session: CallSession;
    let instance: Instance;
    beforeEach(async () => {
      instance = await test.start('channels');
      session = await test.session(instance);
    });
    after(() => test.dispose());

    async function make(text: string): Promise<string | null> {
      const made = await session.call(text);
      assert.ok(made.ok, made.ok ? '' : waveErrorText(made.error));
      return made.value.result;
    }

    async function read(name: string, limits = patient): Promise<MadeRead> {
      const made = await session.read(name, { limits });
      assert.ok(made.ok, JSON.stringify(made));
      return made.value;
    }

    /** The reading as WAVE, and how the read ended. */
    async function shown(name: string, limits = patient): Promise<readonly [string | null, string]> {
      const { handle, call, reading } = await read(name, limits);
      assert.ok(reading !== null, JSON.stringify(call.ended));
      return [readingText(handle, reading, session.handles), reading.end];
    }

    for (const [call, result] of [
      ['count(4)', '[1, 2, 3, 4]'],
      ['closed()', '[]'],
      ['words("a few ☃")', '["a", "few", "☃"]'],
      ['pass([7, 8])', '[7, 8]'],
      ['later("text")', '"text"'],
      ['pass-future("text")', '"text"'],
    ] as const) {
      it(`are read to their end: ${call} holds ${result}`, async () => {
        await make(call);
        assert.deepEqual(await shown('$1'), [result, 'done']);
        assert.deepEqual(session.handles.live(), []);
        const again = await session.read('$1');
        assert.deepEqual(again, { ok: false, error: { code: 'gone', name: '$1', how: 'read' } });
      });
    }

    it('are read in parts of limited items', async () => {
      await make('count(5)');
      const three = { ...patient, items: 3 };
      assert.deepEqual(await shown('$1', three), ['[1, 2, 3]', 'more']);
      assert.deepEqual(await shown('$1', three), ['[4, 5]', 'done']);
    });

    it('are read in parts of limited bytes', async () => {
      await make('words("one two three")');
      const short = { ...patient, sizeBytes: 12 };
      assert.deepEqual(await shown('$1', short), ['["one", "two"]', 'more']);
      assert.deepEqual(await shown('$1', short), ['["three"]', 'done']);
    });

    it('are bounded if the guest writes endlessly', async () => {
      await make('endless()');
      for (let turn = 0; turn < 3; turn += 1) {
        const { reading } = await read('$1');
        assert.deepEqual([reading?.items.length, reading?.end], [readLimits.items, 'more']);
      }
    });

    it('are awaited for a limited time, and nothing is lost', async () => {
      await make('quiet()');
      await make('never()');
      assert.deepEqual(await shown('$1', brief), [null, 'waiting']);
      assert.deepEqual(await shown('$1', brief), [null, 'waiting']);
      assert.deepEqual(await shown('$2', brief), [null, 'waiting']);
      assert.equal(await make('sum([1, 2])'), '3');
      const given = await session.call('sum($1)');
      assert.equal(
        given.ok ? '' : waveErrorText(given.error),
        'A read of `$1` waits for more. `:read $1` continues it.',
      );
      assert.deepEqual(
        session.handles.live().map(({ name }) => name),
        ['$1', '$2'],
      );
    });

    it('of async functions that return futures are given to calls', async () => {
      const later = await make('later("text")');
      assert.equal(await make(`pass-future(${String(later)})`), '$2');
      assert.deepEqual(await shown('$2'), ['"text"', 'done']);
    });

    it('are given to calls after a part was read', async () => {
      await make('count(4)');
      assert.deepEqual(await shown('$1', { ...patient, items: 1 }), ['[1]', 'more']);
      assert.equal(await make('sum($1)'), '9');
    });

    it('are shown up to a trap of the guest', async () => {
      await make('broken()');
      assert.deepEqual(await shown('$1', { ...patient, items: 1 }), ['[1]', 'more']);
      assert.deepEqual(await shown('$1', brief), [null, 'waiting']);
    });

    it('are awaited until the user stops the read', async () => {
      await make('quiet()');
      const stop = new AbortController();
      const made = session.read('$1', { limits: patient, signal: stop.signal });
      stop.abort();
      const ended = await made;
      assert.ok(ended.ok);
      assert.equal(ended.value.reading, null);
      assert.deepEqual(test.now(instance).state, { type: 'stopped', reason: { type: 'user' } });
    });

    it('are in the history with the items that were read', async () => {
      await make('count(2)');
      await read('$1');
      const last = test.now(instance).calls.at(-1);
      assert.deepEqual(
        [last?.export.func, last?.arguments, last?.result],
        ['[read]stream<u32>', '$1', '[1, 2]'],
      );
    });

    it('block the reuse of their process until their end', async () => {
      const end = async (call: string, limits: ReadLimits) => {
        await make(call);
        await read('$1', limits);
        const pid = test.engine.pidOf(instance.id);
        await test.engine.disposeInstance(instance.id);
        instance = await test.start('channels');
        session = await test.session(instance);
        return test.engine.pidOf(instance.id) === pid;
      };
      assert.equal(await end('quiet()', brief), false);
      assert.equal(await end('never()', brief), false);
      assert.equal(await end('endless()', patient), false);
    });

    it('are shown by a console', async () => {
      const console = new CallConsole({
        session: () => session,
        instance: () => test.now(instance),
        plan: (ref) => planOn(test.now(instance), ref, 'ask'),
        fresh: () => Promise.resolve(instance),
        width: () => 80,
      });
      const enter = async (line: string) => {
        const entered = await console.enter(line);
        return entered.type === 'done'
          ? entered.output.flatMap(consoleLines).map(({ kind, text }) => `${kind}: ${text}`)
          : [];
      };
      await enter('endless()');
      await enter('closed()');
      await enter('quiet()');
      assert.deepEqual(
        console.complete(':read ', 6).candidates.map(({ label }) => label),
        ['$1', '$2', '$3'],
      );
      const [flood = '', note] = await enter(':read $1');
      assert.match(flood, /^result: \[\n  0, 0, /);
      assert.equal(note, 'note: There may be more. `:read $1` continues.');
      assert.deepEqual(await enter(':read $2'), ['result: []', 'note: That is the end of $2.']);
      assert.deepEqual(await enter(':read $3'), ['note: Nothing came within 2 s. `:read $3` waits again.']);
      assert.deepEqual(await enter(':read'), [
        'error: `:read` takes the name of one handle, such as `:read $1`. `:handles` lists them.',
      ]);
      assert.deepEqual(await enter(':read $9'), ['error: There is no handle `$9` on this instance.']);
    });

    it('are printed among the calls of the command line', async () => {
      const { status, stdout, stderr } = await cli(
        [
          'call',
          fixture('channels'),
          'later("text")',
          ':read $1',
          'closed()',
          ':read $2',
          'never()',
          ':read $3',
        ],
        { input: '' },
      );
      assert.deepEqual([status, stdout], [0, '$1\n"text"\n$2\n[]\n$3\n']);
      assert.match(stderr, /Nothing came within 2 s\. `:read \$3` waits again\.\n$/);
    });
  });
}
