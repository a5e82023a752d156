import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Callable } from '../../../src/component/wave/export-lookup';
import { readExportedFunctions } from '../../../src/component/exported-functions';
import { judge } from '../../../src/reuse/judge';
import { callLenses } from '../../../src/editor/lenses/call-lenses';
import { fixture } from '../../fixtures';

const path = '/code/greeter.wasm';

const trapping = judge({
  observed: [{ export: 'once', call: 2, outcome: 'trapped', trap: { kind: 'unreachable' }, at: 0 }],
});

describe('the lenses over the exports of a world', () => {
  const greetings = exportsOf('greeter');

  it('call each function of a small interface', () => {
    const text = [
      '// greeter.wasm',
      'world root {',
      '  import wasi:io/error@0.2.12;',
      '  export samples:workshop/greetings;',
      '}',
      'package samples:workshop {',
      '  interface greetings {',
      '    add: func(a: s32, b: s32) -> s32;',
      '  }',
      '}',
    ].join('\n');
    const lenses = callLenses(text, path, greetings);
    assert.deepEqual(
      lenses.map(({ line, character, length, title }) => [line, character, length, title]),
      [
        [3, 9, 26, '$(symbol-function) Call greet…'],
        [3, 9, 26, '$(symbol-function) Call greeted…'],
        [3, 9, 26, '$(symbol-function) Call add…'],
        [3, 9, 26, '$(symbol-function) Call invite…'],
      ],
    );
    assert.deepEqual(lenses[2]!.target, {
      path,
      export: { interface: 'samples:workshop/greetings', func: 'add' },
    });
    assert.equal(lenses[2]!.tooltip, 'add: func(a: s32, b: s32) -> s32');
  });

  it('let one choose where an interface has many', () => {
    const lenses = callLenses(
      'world root {\n  export test:fixtures/every-type;\n}',
      path,
      exportsOf('every-type'),
    );
    assert.equal(lenses.length, 4);
    assert.match(lenses[3]!.title, /^\d+ more…$/);
    assert.deepEqual(lenses[3]!.target, { path });
  });

  it('call functions and interfaces of the world itself', () => {
    const [add] = greetings.filter(({ func }) => func === 'add');
    const exports = [
      { func: 'add', type: add!.type },
      { interface: 'own', func: 'sum', type: add!.type },
    ];
    const text =
      'world root {\n  export add: func(a: s32, b: s32) -> s32;\n  export own: interface {\n    sum: func();\n  }\n}';
    assert.deepEqual(
      callLenses(text, path, exports).map(({ line, title }) => [line, title]),
      [
        [1, '$(symbol-function) Call add…'],
        [2, '$(symbol-function) Call sum…'],
      ],
    );
  });

  it('warn of an export that would trap, and offer a fresh instance', () => {
    const add = greetings.filter(({ func }) => func === 'add');
    const text = 'world root {\n  export samples:workshop/greetings;\n}';
    const lenses = callLenses(text, path, add, () => trapping);
    assert.deepEqual(
      lenses.map(({ title, command }) => [title, command]),
      [
        ['$(warning) Call add…', 'freshInstance.callExport'],
        ['$(run-all) Call add in Fresh Instance…', 'freshInstance.callExportFresh'],
      ],
    );
    assert.match(lenses[0]!.tooltip, /would trap: .*call 2/);
  });

  it('leave run to the lenses of its own', () => {
    const exports = exportsOf('counter');
    assert.ok(exports.length > 0);
    assert.deepEqual(callLenses('world root {\n  export wasi:cli/run@0.2.0;\n}', path, exports), []);
  });
});

function exportsOf(name: string): readonly Callable[] {
  const read = readExportedFunctions(readFileSync(fixture(name)));
  assert.ok(read.ok);
  return read.value.flatMap(({ type, ...rest }) => (type === null ? [] : [{ ...rest, type }]));
}
