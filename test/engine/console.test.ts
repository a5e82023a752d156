import assert from 'node:assert/strict';
import { CallConsole } from '../../src/engine/call-console';
import { readCallables } from '../../src/engine/call-session';
import { Output, TestEngine } from './harness';

describe('a console on one instance', () => {
  let test: TestEngine;
  before(() => {
    test = new TestEngine();
  });
  after(() => test.dispose());

  async function open(): Promise<CallConsole> {
    let instance = await test.start('tools');
    const exports = await readCallables(instance.build);
    assert.ok(exports.ok);
    return new CallConsole({
      engine: test.engine,
      exports: exports.value,
      instance: () => test.now(instance),
      fresh: async () => {
        instance = await test.start('tools', {}, new Output());
        return instance;
      },
      width: () => 80,
    });
  }

  /** What the console shows for a line, errors marked with `!`, notes with `#`; `…` if the call goes on. */
  async function enter(console: CallConsole, line: string): Promise<readonly string[]> {
    const entered = await console.enter(line);
    if (entered.type === 'incomplete') return ['…'];
    const marks = { result: '', error: '! ', note: '# ' } as const;
    return entered.output.map(({ kind, text }) => `${marks[kind]}${text}`);
  }

  it('makes a call of each line, and keeps state and handles', async () => {
    const console = await open();
    assert.deepEqual(await enter(console, 'next()'), ['1']);
    assert.deepEqual(await enter(console, 'next()'), ['2']);
    assert.deepEqual(await enter(console, 'counter(5)'), ['$1']);
    assert.deepEqual(await enter(console, '$1.next()'), ['6']);
    assert.deepEqual(await enter(console, 'divide(1, 0)'), ['! err("division by zero")']);
    assert.deepEqual(await enter(console, ''), []);
  });

  it('goes on with a call on further lines', async () => {
    const console = await open();
    assert.deepEqual(await enter(console, 'add(1,'), ['…']);
    assert.equal(console.prompt, '… ');
    assert.deepEqual(await enter(console, '  2)'), ['3']);
    assert.match(console.prompt, /^tools\.wasm #\d+> $/);
  });

  it('points at what is wrong', async () => {
    const console = await open();
    assert.deepEqual(await enter(console, 'add(1, x)'), [
      '! add(1, x)',
      '!        ^ Expected a whole number from 0 to 4294967295 (u32), found `x`.',
    ]);
    assert.deepEqual(await enter(console, 'add'), [
      '! add',
      '!    ^ Expected `(` and the arguments of func(a: u32, b: u32) -> u32, found the end of the text.',
    ]);
  });

  it('goes on with a fresh instance after a trap, when told', async () => {
    const console = await open();
    await enter(console, 'next()');
    const [trapped = '', note] = await enter(console, 'crash()');
    assert.match(trapped, /^! test:fixtures\/tools#crash trapped: .*unreachable/);
    assert.equal(note, '# This instance takes no more calls. :fresh goes on with a fresh one.');
    const [refused = ''] = await enter(console, 'next()');
    assert.match(refused, /^! Not called: the instance trapped/);
    const [state = ''] = await enter(console, ':fresh');
    assert.match(state, /^# tools\.wasm #\d+ is ready · 0 calls/);
    assert.deepEqual(await enter(console, 'next()'), ['1']);
  });

  it('tells the state, the exports and its commands', async () => {
    const console = await open();
    await enter(console, 'next()');
    assert.match(
      (await enter(console, ':state'))[0] ?? '',
      /^# tools\.wasm #\d+ is ready · 1 call · 1\.1 MiB$/,
    );
    assert.ok((await enter(console, ':exports')).includes('# add: func(a: u32, b: u32) -> u32'));
    assert.equal((await enter(console, ':help')).length, 4);
    assert.deepEqual(await enter(console, ':nothing'), [
      '! There is no :nothing. :help lists what there is.',
    ]);
  });

  it('warns of a run that would trap before it makes it, and makes it when it is told once more', async () => {
    const knowing = new TestEngine({
      cacheDir: test.cacheDir,
      spentReason: () => 'its `_start` may run once',
    });
    const instance = await knowing.start('hello');
    const exports = await readCallables(instance.build);
    assert.ok(exports.ok);
    const console = new CallConsole({
      engine: knowing.engine,
      exports: exports.value,
      instance: () => knowing.now(instance),
      fresh: () => Promise.resolve(instance),
      width: () => 80,
    });
    assert.deepEqual(await enter(console, 'run()'), ['ok']);
    assert.match(
      (await enter(console, 'run()')).join(),
      /^# Not called, since it would trap: its `_start` may run once\. :fresh goes on/,
    );
    assert.equal(knowing.now(instance).callCount, 1);
    assert.match((await enter(console, 'run()')).join(), /trapped/);
    await knowing.engine.shutdown();
  });

  it('completes exports, handles and commands', async () => {
    const console = await open();
    await enter(console, 'counter(5)');
    const offered = (line: string) =>
      console.complete(line, line.length).candidates.map(({ insert }) => insert);
    assert.deepEqual(offered('ad'), ['add(0, 0)']);
    assert.deepEqual(offered('counter.next('), ['$1']);
    assert.deepEqual(offered('$1.'), ['next()']);
    assert.deepEqual(offered(':f'), [':fresh']);
    assert.deepEqual(offered('add(1,'), ['0']);
  });
});
