import { trapText } from '../../src/words/outcome';
import assert from 'node:assert/strict';
import { CallRefused } from '../../src/engine/errors';
import type { CallSession, MadeCall } from '../../src/calls/call-session';
import type { Instance } from '../../src/instance/registry';
import { Output, TestEngine } from './harness';
import { startAwkward } from './support/awkward';
import { waveErrorText } from '../../src/words/wave-error';

interface Opened {
  readonly instance: Instance;
  readonly session: CallSession;
  readonly output: Output;
}

let test: TestEngine;

before(() => {
  test = new TestEngine();
});
after(() => test.dispose());

async function open(name: string): Promise<Opened> {
  const output = new Output();
  const instance = await test.start(name, {}, output);
  assert.deepEqual(instance.state, { type: 'ready' });
  return { instance, session: await test.session(instance), output };
}

async function make(session: CallSession, text: string): Promise<MadeCall> {
  const made = await session.call(text);
  assert.ok(made.ok, made.ok ? '' : `${text}: ${waveErrorText(made.error)}`);
  return made.value;
}

/** What a call returned, as text; how it ended if it did not return. */
async function returned(session: CallSession, text: string): Promise<string> {
  const { result, call } = await make(session, text);
  const outcome = call.ended?.outcome;
  return (
    result ?? (outcome?.type === 'trapped' ? `trapped: ${trapText(outcome.trap)}` : String(outcome?.type))
  );
}

/** Values of every type, as they come back: written in the one way that results are. */
const values: readonly (readonly [func: string, value: string])[] = [
  ['bools', '[true, false]'],
  ['s8s', '[-128, 127]'],
  ['u8s', '[0, 255]'],
  ['s16s', '[-32768, 32767]'],
  ['u16s', '[0, 65535]'],
  ['s32s', '[-2147483648, 2147483647]'],
  ['u32s', '[0, 4294967295]'],
  ['s64s', '[-9223372036854775808, 9223372036854775807]'],
  ['u64s', '[0, 18446744073709551615]'],
  ['f32s', '[0, -0, 0.1, 3.4028235e+38, nan, inf, -inf]'],
  ['f64s', '[0, -0, 0.1, 1.7976931348623157e+308, nan, inf, -inf]'],
  ['chars', `['a', '☃', '🌊', '\\n', '\\'', '\\u{0}']`],
  ['strings', '["", "☃ \\"quoted\\" \\\\ 🌊", "\\u{0}\\r\\n"]'],
  ['lists', '[[], [1, 2, 3]]'],
  ['fixed-lists', '[[1, 2, 65535]]'],
  ['maps', '[("a", (1, none)), ("b", (18446744073709551615, some("x")))]'],
  ['nested-maps', `[[(1, [(2, '🌊'), (3, 'b')]), (4, [])], []]`],
  ['tuples', `[(1, 'x', true, 0.5)]`],
  [
    'records',
    '[{the-flag: true, number: 1, HTTP3-name: "a", inner: {left: -1}}, ' +
      '{the-flag: false, number: 2, HTTP3-name: "", inner: {left: 0, note: some("n")}, perhaps: some(none)}, ' +
      '{the-flag: false, number: 2, HTTP3-name: "", inner: {left: 0}, perhaps: some(some(7))}]',
  ],
  ['variants', '[%none, %some(1), %ok([2, 3]), %err(ok), %err(err("e")), %true]'],
  ['enums', '[red, dark-red, %ok]'],
  ['all-flags', '[{}, {read, x}, {read, write-all, x}]'],
  ['options', '[none, some(""), some("a")]'],
  ['nested-options', '[none, some(none), some(some(3))]'],
  ['deeper-options', '[none, some(none), some(some(none)), some(some(some(3)))]'],
  ['results', '[ok(1), err("b")]'],
  ['bare-results', '[ok, err]'],
  ['one-bool', 'true'],
  ['one-s8', '-128'],
  ['one-u8', '255'],
  ['one-s16', '-32768'],
  ['one-u16', '65535'],
  ['one-s32', '-2147483648'],
  ['one-u32', '4294967295'],
  ['one-s64', '-9223372036854775808'],
  ['one-u64', '18446744073709551615'],
  ['one-f32', '0.1'],
  ['one-f64', '-inf'],
  ['one-char', `'🌊'`],
  ['one-string', '"☃"'],
  ['one-map', '[(1, true), (4294967295, false)]'],
  ['one-enum', '%ok'],
  ['one-flags', '{read, x}'],
  ['one-record', '{left: -5, note: some("note")}'],
  ['one-record', '{left: -5}'],
  ['one-tuple', `(7, '☃', 2.5)`],
  ['one-variant', 'dot'],
  ['one-variant', 'circle(1.5)'],
  ['one-variant', 'label("a label")'],
  ['one-variant', 'wide(18446744073709551615)'],
  ['one-option', 'none'],
  ['one-option', 'some(none)'],
  ['one-option', 'some(some(9))'],
];

describe('values of every type go in and come out again', () => {
  let opened: Opened;
  before(async () => {
    opened = await open('every-type');
  });

  for (const [func, value] of values) {
    it(`${func}(${value})`, async () => {
      assert.equal(await returned(opened.session, `${func}(${value})`), value);
    });
  }

  it('one-result, whose error is the error of the call', async () => {
    const right = await make(opened.session, 'one-result(ok(5))');
    assert.equal(right.result, 'ok(5)');
    assert.equal(right.call.ended?.outcome.type, 'ok');
    const wrong = await make(opened.session, 'one-result(err("no"))');
    assert.equal(wrong.result, 'err("no")');
    assert.equal(wrong.call.ended?.outcome.type, 'error');
  });

  it('two maps in one call', async () => {
    assert.equal(await returned(opened.session, 'count-both([(1, 2)], [(3, 4), (5, 6)])'), '3');
  });

  it('nothing', async () => {
    assert.equal(await returned(opened.session, 'nothing()'), '()');
  });

  it('large lists', async () => {
    const bytes = `[${Array.from({ length: 100_000 }, (_, index) => index % 256).join(', ')}]`;
    const made = await make(opened.session, `u8s(${bytes})`);
    assert.equal(made.result, bytes);
    assert.match(made.folded ?? '', /^\[0, 1, 2, .*, … 99,9\d\d more\]$/);
  });
});

describe('names that are words of WIT, of JavaScript, or shared by several exports', () => {
  let session: CallSession;
  before(async () => {
    const instance = await startAwkward(test);
    assert.deepEqual(instance.state, { type: 'ready' });
    session = await test.session(instance);
  });

  for (const [call, result] of [
    ['type()', '3'],
    ['%type()', '3'],
    ['delete()', '4'],
    ['then()', '5'],
    ['constructor()', '6'],
    ['to-string()', '7'],
    ['http3-status-v2()', '8'],
    ['none()', '9'],
    ['nothing()', '()'],
    ['many-parameters(1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "abc")', '21'],
    ['first#same()', '1'],
    ['second#same()', '2'],
    ['test:versions/number@1.0.0#number()', '100'],
    ['number@2.0.0#number()', '200'],
  ] as const) {
    it(`${call} returns ${result}`, async () => {
      assert.equal(await returned(session, call), result);
    });
  }
});

describe('a resource that two interfaces use', () => {
  it('is one, whichever of them takes or gives it', async () => {
    const session = await test.session(await startAwkward(test));
    assert.equal(await returned(session, 'thing(5)'), '$1');
    assert.equal(await returned(session, 'thing(6)'), '$2');
    assert.equal(await returned(session, 'look($1)'), '5');
    assert.equal(await returned(session, 'take({left: $1, right: $2})'), '[$3, $4]');
    assert.equal(await returned(session, 'look($3)'), '6');
  });
});

describe('calls on one instance', () => {
  it('keep state, lose it to a trap, and start over on a fresh instance', async () => {
    const { session, instance } = await open('tools');
    assert.deepEqual([await returned(session, 'next()'), await returned(session, 'next()')], ['1', '2']);
    assert.match(await returned(session, 'crash()'), /^trapped: .*unreachable/);
    await assert.rejects(session.call('next()'), CallRefused);
    assert.equal(test.now(instance).state.type, 'trapped');
    const fresh = await open('tools');
    assert.equal(await returned(fresh.session, 'next()'), '1');
  });

  it('are in the history as text that can be called again', async () => {
    const { session, instance } = await open('tools');
    const { text } = await make(session, 'test:fixtures/tools#say ( "hi\\u{21}" ) // comment');
    assert.equal(text, 'say("hi!")');
    assert.equal(await returned(session, text), '()');
    assert.deepEqual(
      test.now(instance).calls.map(({ export: ref, arguments: given }) => [ref.func, given]),
      [
        ['say', '"hi!"'],
        ['say', '"hi!"'],
      ],
    );
  });

  it('are not made when their text is wrong', async () => {
    const { session, instance } = await open('tools');
    const made = await session.call('add(1, -1)');
    assert.equal(
      made.ok ? '' : `${made.error.column}: ${waveErrorText(made.error)}`,
      '8: -1 is out of range: u32 goes from 0 to 4294967295.',
    );
    assert.equal(test.now(instance).calls.length, 0);
  });

  it('return errors that leave the instance usable', async () => {
    const { session } = await open('tools');
    assert.equal(await returned(session, 'divide(1, 0)'), 'err("division by zero")');
    assert.equal(await returned(session, 'divide(6, 3)'), 'ok(2)');
  });
});

describe('resources', () => {
  it('are used in later calls by the names that results show, until they are given away', async () => {
    const { session } = await open('tools');
    assert.equal(await returned(session, 'counter(5)'), '$1');
    assert.equal(await returned(session, '$1.next()'), '6');
    assert.equal(await returned(session, 'counter.next($1)'), '7');
    assert.equal(await returned(session, 'counter.several([10, 20])'), '[$2, $3]');
    assert.equal(await returned(session, 'counter.join($1, $3)'), '27');
    assert.equal(await returned(session, 'dropped-counters()'), '1');
    const again = await session.call('$3.next()');
    assert.equal(again.ok ? '' : waveErrorText(again.error), '`$3` was given to an earlier call.');
    assert.equal(await returned(session, '$1.next()'), '8');
  });

  it('are dropped by name: their destructors run in the guest, as calls of the history', async () => {
    const { session, instance, output } = await open('tools');
    await make(session, 'counter.several([5, 7])');
    const dropped = await session.drop(['$2', '$1']);
    assert.ok(dropped.ok);
    assert.deepEqual(
      dropped.value.map(({ handle, call }) => [handle.name, handle.resource, call.ended?.outcome.type]),
      [
        ['$2', 'counter', 'ok'],
        ['$1', 'counter', 'ok'],
      ],
    );
    await output.until('dropped 7\n');
    assert.equal(await returned(session, 'dropped-counters()'), '2');
    assert.deepEqual(
      test.now(instance).calls.map(({ export: ref, arguments: given }) => `${ref.func} ${given}`),
      [
        '[static]counter.several [5, 7]',
        '[resource-drop]counter $2',
        '[resource-drop]counter $1',
        'dropped-counters ',
      ],
    );
    assert.equal(test.now(instance).state.type, 'ready');
    assert.deepEqual(session.handles.live(), []);
  });

  it('leave nothing behind once they are dropped or given away: their process may serve a fresh instance then', async () => {
    const end = async (...texts: readonly string[]) => {
      const { session, instance } = await open('tools');
      const pid = test.engine.pidOf(instance.id);
      for (const text of texts) {
        if (text.startsWith('$')) await session.drop([text]);
        else await make(session, text);
      }
      await test.engine.disposeInstance(instance.id);
      return pid;
    };
    const holding = await end('counter(1)');
    const given = await end('counter.several([1, 2])', 'counter.join($1, $2)', '$1');
    assert.notEqual(given, holding);
    const dropped = await end('counter(1)', '$1');
    assert.equal(dropped, given);
  });

  it('are made and dropped by the thousand', async () => {
    const { session } = await open('tools');
    for (let number = 1; number <= 2000; number += 1) {
      const name = `$${String(number)}`;
      assert.equal(await returned(session, 'counter(1)'), name);
      assert.ok((await session.drop([name])).ok);
    }
    assert.equal(await returned(session, 'dropped-counters()'), '2000');
    assert.deepEqual(session.handles.live(), []);
  });

  it('end the instance where a destructor traps, and nothing after it is dropped', async () => {
    const { session, instance } = await open('tools');
    await make(session, 'counter.several([13, 14])');
    const dropped = await session.drop(['$1', '$2']);
    assert.equal(dropped.ok ? dropped.value.length : dropped.error, 1);
    const { state, calls } = test.now(instance);
    assert.deepEqual(state, { type: 'trapped', trap: { kind: 'unreachable' } });
    const outcome = calls.at(-1)?.ended?.outcome;
    assert.match(outcome?.type === 'trapped' ? (outcome.frames[0]?.source?.file ?? '') : '', /tools\.c$/);
    await assert.rejects(session.drop(['$2']), CallRefused);
    await assert.rejects(session.call('next()'), CallRefused);
  });

  it('are of one instance', async () => {
    const { session } = await open('tools');
    await make(session, 'counter(5)');
    const other = await (await open('tools')).session.call('$1.next()');
    assert.equal(other.ok ? '' : waveErrorText(other.error), 'There is no handle `$1` on this instance.');
  });

  it('cannot be given twice in one call', async () => {
    const { session } = await open('tools');
    await make(session, 'counter(5)');
    const made = await session.call('counter.join($1, $1)');
    assert.equal(
      made.ok ? '' : waveErrorText(made.error),
      '`$1` is named twice in this call, which takes it over.',
    );
  });
});

if (typeof Reflect.get(WebAssembly, 'Suspending') === 'function') {
  describe('async exports of WASI 0.3', () => {
    it('take and return values, at once or after a while', async () => {
      const { session } = await open('slow-tools');
      const value =
        '[{the-flag: true, number: 18446744073709551615, HTTP3-name: "a", inner: {left: -1}}, ' +
        '{the-flag: false, number: 2, HTTP3-name: "", inner: {left: 0, note: some("n")}, perhaps: some(none)}]';
      assert.equal(await returned(session, `echo(${value})`), value);
      const chars = `['a', '🌊', '\\u{0}', '☃']`;
      assert.equal(await returned(session, `chars(${chars})`), chars);
      assert.equal(await returned(session, 'add-later(1, 2)'), '3');
      assert.equal(await returned(session, 'divide(7, 2)'), 'ok(3)');
      assert.equal(await returned(session, 'divide(7, 0)'), 'err("division by zero")');
    });
  });
}
