import assert from 'node:assert/strict';
import type { ResourceType } from '../../../../src/component/types';
import { calleeOf, parseCall } from '../../../../src/component/wave/call';
import type { Callable } from '../../../../src/component/wave/export-lookup';
import { fullName, shortestName } from '../../../../src/component/wave/export-lookup';
import { completeCall } from '../../../../src/component/wave/complete';
import type { HandleLookup } from '../../../../src/component/wave/handles';
import { enumOf, func, list, option, prim, record, result, variant } from './types';
import { waveErrorText } from '../../../../src/words/wave-error';

const u32 = prim('u32');
const counter: ResourceType = { name: 'counter' };
const self = { kind: 'borrow', resource: counter } as const;
const own = { kind: 'own', resource: counter } as const;

const add: Callable = {
  interface: 'docs:adder/add@0.1.0',
  func: 'add',
  type: func({ x: u32, y: u32 }, u32),
};
const addHere: Callable = { interface: 'docs:other/add', func: 'add', type: func({ x: u32 }) };
const run: Callable = { interface: 'wasi:cli/run@0.2.3', func: 'run', type: func({}, result(null)) };
const own1: Callable = { func: 'run-fast', type: func({ speed: u32, note: option(prim('string')) }) };
const make: Callable = {
  interface: 'my:pkg/counters',
  func: '[constructor]counter',
  type: func({ start: u32 }, own),
};
const next: Callable = {
  interface: 'my:pkg/counters',
  func: '[method]counter.next',
  type: func({ self, by: u32 }, u32),
};
const of: Callable = {
  interface: 'my:pkg/counters',
  func: '[static]counter.of',
  type: func({ list: list(u32) }, own),
};
const paint: Callable = {
  interface: 'my:pkg/paint',
  func: 'paint',
  type: func({
    colour: enumOf('colour', 'red', 'dark-red', 'true'),
    shape: variant('shape', {
      dot: null,
      circle: record('circle', { radius: u32, filled: option(prim('bool')) }),
    }),
  }),
};
const exports = [add, addHere, run, own1, make, next, of, paint];

const handles: HandleLookup = {
  find: (name, type) =>
    name === '1' && 'resource' in type && type.resource === counter
      ? { value: 'the first counter' }
      : { lack: { code: 'none', name } },
};

function outcome(text: string): unknown {
  const parsed = parseCall(text, exports, handles);
  return parsed.ok
    ? [fullName(parsed.value.callee), ...parsed.value.args]
    : `${parsed.error.column}: ${waveErrorText(parsed.error)}`;
}

describe('A call as text', () => {
  it('names an export in full, in short, or as wasmtime does', () => {
    const meant = ['docs:adder/add@0.1.0#add', 1, 2];
    assert.deepEqual(outcome('docs:adder/add@0.1.0#add(1, 2)'), meant);
    assert.deepEqual(outcome('docs:adder/add#add(1, 2)'), meant);
    assert.deepEqual(outcome('docs:adder/add.add@0.1.0(1, 2)'), meant);
    assert.deepEqual(outcome('add@0.1.0#add(1, 2)'), meant);
    assert.deepEqual(outcome('add.add@0.1.0(1, 2)'), meant);
    assert.deepEqual(outcome('docs:adder/%add#%add(1, 2)'), meant);
    assert.deepEqual(outcome('docs:adder/add@0.1#add(1, 2)'), meant);
    assert.deepEqual(outcome('docs:adder/add@0.1.7#add(1, 2)'), meant);
    assert.deepEqual(outcome('add.add@0.1(1, 2)'), meant);
    assert.deepEqual(outcome('run()'), ['wasi:cli/run@0.2.3#run']);
    assert.deepEqual(outcome('run#run()'), ['wasi:cli/run@0.2.3#run']);
    assert.deepEqual(outcome(' run-fast ( 3 , "x", ) // fast'), ['run-fast', 3, 'x']);
  });

  it('says which exports a short name can mean', () => {
    assert.equal(outcome('add(1)'), '1: `add` can mean `docs:adder/add@0.1.0#add` or `docs:other/add#add`.');
  });

  it('makes, uses and passes on resources by the names of handles', () => {
    assert.deepEqual(outcome('counter(5)'), ['my:pkg/counters#counter', 5]);
    assert.deepEqual(outcome('[constructor]counter(5)'), ['my:pkg/counters#counter', 5]);
    assert.deepEqual(outcome('counter.of([])'), ['my:pkg/counters#counter.of', new Uint32Array()]);
    assert.deepEqual(outcome('counters#counter.next($1, 2)'), [
      'my:pkg/counters#counter.next',
      'the first counter',
      2,
    ]);
    assert.deepEqual(outcome('$1.next(2)'), ['my:pkg/counters#counter.next', 'the first counter', 2]);
    assert.equal(outcome('$2.next(2)'), '1: There is no handle `$2`.');
    assert.equal(outcome('$1.last()'), '1: No exported resource has a method `last`.');
    assert.equal(outcome('counter.next($2, 2)'), '14: There is no handle `$2`.');
  });

  it('says at which column what is missing', () => {
    assert.equal(
      outcome('run-fats()'),
      '1: No exported function is called `run-fats`. Did you mean `run-fast`? There are: `docs:adder/add#add`, `docs:other/add#add`, ' +
        '`run`, `run-fast`, `counter`, `counter.next`, `counter.of`, `paint`.',
    );
    assert.equal(outcome(''), '1: Expected the name of an exported function, found the end of the text.');
    assert.equal(
      outcome('run-fast'),
      '9: Expected `(` and the arguments of func(speed: u32, note: option<string>), found the end of the text.',
    );
    assert.equal(outcome('run-fast()'), '10: The argument `speed` is missing.');
    assert.equal(outcome('run-fast(1, "a", 2)'), '18: Expected `)`, found `2`.');
    assert.equal(outcome('run(1)'), '5: Expected `)`, as there are no parameters, found `1`.');
    assert.equal(outcome('run() run()'), '7: Expected the end of the text, found `run`.');
  });

  it('tells its export before it is complete, for the signature to be shown', () => {
    assert.equal(calleeOf('run-fast(1, "ab', exports), own1);
    assert.equal(calleeOf('$1.next(', exports, handles), next);
    assert.equal(calleeOf('ru', exports), null);
  });

  it('can be shortened as far as it stays clear', () => {
    assert.deepEqual(
      exports.map((callee) => shortestName(callee, exports)),
      [
        'docs:adder/add#add',
        'docs:other/add#add',
        'run',
        'run-fast',
        'counter',
        'counter.next',
        'counter.of',
        'paint',
      ],
    );
  });
});

/** What is offered at the `|`, as text that would replace what is typed of it. */
function offered(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const completion = completeCall(text, offset, {
    exports,
    handles,
    handleNames: (type) => ('resource' in type && type.resource === counter ? ['$1'] : []),
  });
  return completion.candidates.map(({ insert }) => text.slice(0, completion.start) + insert);
}

describe('What could stand at the cursor', () => {
  it('is an export, with an example of its arguments', () => {
    assert.deepEqual(offered('ru|'), ['run()', 'run-fast(0, none)']);
    assert.deepEqual(offered('docs:adder/a|'), ['docs:adder/add#add(0, 0)']);
    assert.deepEqual(offered('counter.n|'), ['counter.next($1, 0)']);
  });

  it('is a method of the handle', () => {
    assert.deepEqual(offered('$1.|'), ['$1.next(0)']);
    assert.deepEqual(offered('$2.|'), []);
    assert.deepEqual(offered('counter.next(|'), ['counter.next($1']);
  });

  it('is a case, a field, or a whole value', () => {
    assert.deepEqual(offered('paint(|'), ['paint(red', 'paint(dark-red', 'paint(%true']);
    assert.deepEqual(offered('paint(dark-|'), ['paint(dark-red']);
    assert.deepEqual(offered('paint(red, c|'), ['paint(red, circle({radius: 0, filled: none})']);
    assert.deepEqual(offered('paint(red, circle({|'), [
      'paint(red, circle({radius: ',
      'paint(red, circle({filled: ',
    ]);
    assert.deepEqual(offered('paint(red, circle({radius: 1, f|'), ['paint(red, circle({radius: 1, filled: ']);
    assert.deepEqual(offered('paint(red, circle({filled: |'), [
      'paint(red, circle({filled: none',
      'paint(red, circle({filled: some(false)',
      'paint(red, circle({filled: true',
      'paint(red, circle({filled: false',
    ]);
  });

  it('is nothing in a string, in a comment, or behind a mistake', () => {
    assert.deepEqual(offered('run-fast(1, "re|'), []);
    assert.deepEqual(offered('paint( // re|'), []);
    assert.deepEqual(offered('paint(blue, |'), []);
  });
});
