import { guardVerdict } from '../unit/instance/support';
import assert from 'node:assert/strict';
import { planCall, planOn } from '../../src/calls/plan-call';
import { CallConsole } from '../../src/calls/call-console';
import { ConsoleLoop } from '../../src/calls/console-loop';
import { consoleLines } from '../../src/words/console';
import { Output, TestEngine } from './harness';

describe('a console on one instance', () => {
  let test: TestEngine;
  before(() => {
    test = new TestEngine();
  });
  after(() => test.dispose());

  async function open(): Promise<CallConsole> {
    let instance = await test.start('tools');
    let session = await test.session(instance);
    return new CallConsole({
      session: () => session,
      instance: () => test.now(instance),
      plan: (ref) => planOn(test.now(instance), ref, 'ask'),
      fresh: async () => {
        instance = await test.start('tools', {}, new Output());
        session = await test.session(instance);
        return instance;
      },
      width: () => 80,
    });
  }

  /** What the console shows for a line: `!` marks errors, `#` notes; `…` is an incomplete call. */
  async function enter(console: CallConsole, line: string): Promise<readonly string[]> {
    const entered = await console.enter(line);
    if (entered.type === 'incomplete') return ['…'];
    const marks = { result: '', error: '! ', note: '# ' } as const;
    return entered.output.flatMap(consoleLines).map(({ kind, text }) => `${marks[kind]}${text}`);
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

  it('takes a call over several lines', async () => {
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

  it('starts a fresh instance after a trap with :fresh', async () => {
    const console = await open();
    await enter(console, 'next()');
    const [trapped = '', note] = await enter(console, 'crash()');
    assert.match(trapped, /^! test:fixtures\/tools#crash trapped: .*unreachable/);
    assert.equal(note, '# This instance takes no more calls. :fresh starts a fresh one.');
    const [refused = ''] = await enter(console, 'next()');
    assert.match(refused, /^! Not called: the instance trapped/);
    const [state = ''] = await enter(console, ':fresh');
    assert.match(state, /^# tools\.wasm #\d+ is ready · 0 calls/);
    assert.deepEqual(await enter(console, 'next()'), ['1']);
  });

  it('shows the state, the exports and its commands', async () => {
    const console = await open();
    await enter(console, 'next()');
    assert.match(
      (await enter(console, ':state'))[0] ?? '',
      /^# tools\.wasm #\d+ is ready · 1 call · 1\.1 MiB$/,
    );
    assert.ok((await enter(console, ':exports')).includes('# add: func(a: u32, b: u32) -> u32'));
    assert.equal((await enter(console, ':help')).length, 8);
    assert.deepEqual(await enter(console, ':nothing'), [
      '! There is no command :nothing. :help lists the commands.',
    ]);
  });

  it('lists handles with the calls that returned them, and drops them by name', async () => {
    const console = await open();
    assert.deepEqual(await enter(console, ':handles'), ['# There are no handles.']);
    await enter(console, 'counter(5)');
    await enter(console, 'counter.several([10, 20])');
    assert.deepEqual(await enter(console, ':handles'), [
      '# $1  counter  from counter(5)',
      '# $2  counter  from counter.several([10, 20])',
      '# $3  counter  from counter.several([10, 20])',
    ]);
    assert.deepEqual(await enter(console, ':drop $1, $3'), [
      '# Dropped $1 (counter).',
      '# Dropped $3 (counter).',
    ]);
    assert.deepEqual(await enter(console, ':handles'), ['# $2  counter  from counter.several([10, 20])']);
    assert.deepEqual(await enter(console, 'dropped-counters()'), ['2']);
    assert.deepEqual(await enter(console, '$1.next()'), ['! $1.next()', '! ^ `$1` was dropped.']);
    await enter(console, ':fresh');
    assert.deepEqual(await enter(console, ':handles'), ['# There are no handles.']);
  });

  it('drops nothing where a name is wrong', async () => {
    const console = await open();
    await enter(console, 'counter.several([1, 2, 3])');
    await enter(console, 'counter.join($1, $2)');
    const refusals = [
      [':drop', '`:drop` takes the names of handles, such as `:drop $1`. `:handles` lists them.'],
      [':drop $1 $9', 'There is no handle `$9` on this instance.'],
      [':drop $1 $2', '`$2` was given to an earlier call.'],
      [':drop $1 $1', '`$1` is named twice.'],
      [':drop 1', '`1` is not the name of a handle. Write it as in a result: `$1`.'],
    ] as const;
    for (const [line, expected] of refusals) assert.deepEqual(await enter(console, line), [`! ${expected}`]);
    assert.deepEqual(await enter(console, 'dropped-counters()'), ['1']);
  });

  it('explains a trap in a destructor, which ends the instance', async () => {
    const console = await open();
    await enter(console, 'counter.several([13, 14])');
    const [trapped = '', ...more] = await enter(console, ':drop $1 $2');
    assert.match(
      trapped,
      /^! Instance #\d+ trapped in the destructor of \$1 \(counter\) at .*tools\.c:\d+: wasm `unreachable` instruction executed\.$/,
    );
    assert.deepEqual(more, ['# This instance takes no more calls. :fresh starts a fresh one.']);
    assert.match((await enter(console, ':drop $2')).join(), /^! Not dropped: the instance trapped/);
    assert.match((await enter(console, ':handles')).join(), /^# There are no handles: the instance trapped/);
    await enter(console, ':fresh');
    assert.deepEqual(await enter(console, 'next()'), ['1']);
  });

  it('makes no call and drops no handle with grants that were taken away since', async () => {
    const granted = { dirs: [{ host: test.cacheDir, guest: '/data', readOnly: true }] };
    let instance = await test.start('tools', granted);
    let session = await test.session(instance);
    const console = new CallConsole({
      session: () => session,
      instance: () => test.now(instance),
      plan: (ref) =>
        planCall({
          export: ref,
          instances: [test.now(instance)],
          picked: test.now(instance),
          grants: wanted,
          knowledge: { trapReason: () => undefined },
          onRepeatedRun: 'ask',
        }),
      fresh: async () => {
        instance = await test.start('tools');
        session = await test.session(instance);
        return instance;
      },
      width: () => 80,
    });
    let wanted = instance.profile;
    assert.deepEqual(await enter(console, 'counter(5)'), ['$1']);
    wanted = { ...wanted, dirs: [] };
    for (const line of ['next()', '$1.next()', ':drop $1', ':read $1'])
      assert.match(
        (await enter(console, line)).join(),
        /^! (Not called: the grants|The handles of instance #\d+ cannot be used: the grants) have changed since/,
        line,
      );
    assert.equal(test.now(instance).callCount, 1);
    await enter(console, ':fresh');
    assert.deepEqual(await enter(console, 'next()'), ['1']);
  });

  it('warns of a run that would trap, and makes it when the line is entered again', async () => {
    const knowing = new TestEngine({
      cacheDir: test.cacheDir,
      spentReason: () => guardVerdict,
    });
    const instance = await knowing.start('hello');
    const session = await knowing.session(instance);
    const console = new CallConsole({
      session: () => session,
      instance: () => knowing.now(instance),
      plan: (ref) => planOn(knowing.now(instance), ref, 'ask'),
      fresh: () => Promise.resolve(instance),
      width: () => 80,
    });
    assert.deepEqual(await enter(console, 'run()'), ['ok']);
    assert.match(
      (await enter(console, 'run()')).join(),
      /^# Not called, since it would trap: its `_start` may run once per instance \(guard at 0x2f1\)\. :fresh starts a fresh instance\. Enter the line again to call it anyway\.$/,
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
    await enter(console, 'counter.several([6, 7])');
    assert.deepEqual(offered(':drop '), ['$1', '$2', '$3']);
    assert.deepEqual(offered(':drop $2 $'), ['$1', '$3']);
    assert.deepEqual(offered(':d'), [':drop']);
    assert.deepEqual(offered('add(1,'), ['0']);
  });
});

describe('a console in a terminal', () => {
  const test = new TestEngine();
  after(() => test.dispose());

  /** A console on a fresh instance, with the texts that it wrote since the last look. */
  async function openTerminal(fixture: string, hasColours = false) {
    const instance = await test.start(fixture);
    const session = await test.session(instance);
    let text = '';
    const loop = new ConsoleLoop(
      {
        session: () => session,
        instance: () => test.now(instance),
        plan: (ref) => planOn(test.now(instance), ref, 'ask'),
        fresh: () => Promise.resolve(instance),
      },
      {
        write: (written) => (text += written),
        columns: () => 80,
        hasColours: () => hasColours,
        linesOf: consoleLines,
      },
    );
    loop.start();
    const until = async (pattern: RegExp) => {
      for (const start = Date.now(); !pattern.test(text); await new Promise((wait) => setTimeout(wait, 5)))
        if (Date.now() - start > 30_000) assert.match(text, pattern);
      const seen = text;
      text = '';
      return seen;
    };
    return { loop, until, instance };
  }

  it('greets, echoes keys, shows results and errors, and ends with Ctrl+D', async () => {
    const { loop, until } = await openTerminal('tools');
    await until(/^Each line is a call on this instance\..* Ctrl\+D leaves\.\r\n\r\x1b\[Ktools\.wasm #\d+> $/);
    loop.input('add(1, 2)\r');
    await until(/add\(1, 2\)\r\n3\r\n\r\x1b\[Ktools\.wasm #\d+> $/);
    loop.input('add(1, x)\r');
    await until(/\r\nadd\(1, x\)\r\n {7}\^ Expected a whole number.*\r\n[^]*> $/);
    loop.input('add(1,\r');
    await until(/… $/);
    loop.input('\x03');
    await until(/\^C\r\n\r\x1b\[Ktools\.wasm #\d+> $/);
    loop.input('\x04');
    await loop.ended;
  });

  it('colours notes and errors, and leaves results plain', async () => {
    const { loop, until } = await openTerminal('tools', true);
    await until(/^\x1b\[2mEach line is .*\x1b\[0m\r\n[^]*> $/);
    loop.input('divide(1, 0)\r');
    await until(/\x1b\[31merr\("division by zero"\)\x1b\[0m\r\n[^]*> $/);
    loop.input('add(1, 2)\r');
    await until(/\r\n3\r\n[^]*> $/);
    loop.abort();
    await loop.ended;
  });

  it('stops a call with Ctrl+C, and takes other keys after it', async () => {
    const { loop, until, instance } = await openTerminal('spin');
    await until(/> $/);
    loop.input('run()\r');
    while (test.now(instance).state.type !== 'running') await new Promise((wait) => setTimeout(wait, 5));
    loop.input(':state\r');
    loop.input('\x03');
    await until(/stopped[^]*takes no more calls[^]*:state\r\n[^]* is stopped · 1 call/);
    loop.finish();
    await loop.ended;
  });

  it('stops its call and ends when the terminal is closed', async () => {
    const { loop, until, instance } = await openTerminal('spin');
    await until(/> $/);
    loop.input('run()\r');
    while (test.now(instance).state.type !== 'running') await new Promise((wait) => setTimeout(wait, 5));
    loop.abort();
    await loop.ended;
    assert.equal(test.now(instance).state.type, 'stopped');
  });
});
