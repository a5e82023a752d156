import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { printWat, printWatFunction, watModuleOf } from '../../../../src/component/wat/read-wat';
import { definitionLine, functionsIn, referenceAt } from '../../../../src/editor/wat/wat-lines';
import { fixture } from '../../../fixtures';
import { compile } from '../compile';

const large = 'node_modules/@yowasp/clang/gen/llvm.core.wasm';

describe('a module for an editor', () => {
  it('is printed whole if it is small, by its number in the file', () => {
    const wat = watModuleOf(readFileSync(fixture('trap')), 0);
    assert.ok(wat !== null);
    const { text, isWhole, functionCount, largest } = printWat(wat);
    assert.deepEqual([isWhole, largest], [true, []]);
    assert.equal(functionsIn(text.split('\n')).length, functionCount);
    assert.equal(watModuleOf(readFileSync(fixture('trap')), 99), null);
  });

  it('is printed without its functions if it is large, and each function by itself', function () {
    this.timeout(30_000);
    const bytes = readFileSync(large);
    const started = performance.now();
    const wat = watModuleOf(bytes, 0);
    assert.ok(wat !== null);
    const { text, isWhole, functionCount, largest } = printWat(wat);
    assert.equal(isWhole, false);
    assert.ok(text.length < 3_000_000 && functionCount > 100_000 && largest.length > 100);
    const [first] = largest;
    assert.ok(first !== undefined);
    const func = printWatFunction(wat, first.index) ?? '';
    assert.ok(func.startsWith('(func '));
    assert.equal(functionsIn(func.split('\n')).length, 1);
    assert.match(func, /\n {2}\(; … \+\d+ ;\)\n\)\n$/);
    assert.ok(func.length < 4_100_000);
    assert.equal(printWatFunction(wat, 0), null);
    assert.ok(performance.now() - started < 10_000);
  });
});

describe('references in a module', () => {
  it('lead to functions, globals and types, whatever their names', async () => {
    const wat = watModuleOf(
      await compile(`(module (import "a" "b" (func $"x y" (param i32))) (global $g (mut i32) (i32.const 0))
        (func $f (export "f") i32.const 1 call $"x y" global.get $g drop call 1) (start $f))`),
      0,
    );
    assert.ok(wat !== null);
    const lines = printWat(wat).text.split('\n');
    const found = (line: string, part: string) => {
      const text = lines.find((each) => each.trim() === line) ?? '';
      const reference = referenceAt(text, text.indexOf(part));
      return reference === null
        ? null
        : [
            reference.kind,
            reference.index,
            lines[definitionLine(lines, reference.kind, reference.index)]?.trim(),
          ];
    };
    const imported = '(import "a" "b" (func $"x y" (;0;) (type 0) (param i32)))';
    assert.deepEqual(found('call $"x y" (;0;)', '$'), ['func', 0, imported]);
    assert.deepEqual(found('call $f (;1;)', 'call'), ['func', 1, '(func $f (;1;) (type 1)']);
    assert.deepEqual(found('(start $f (;1;))', '$f'), ['func', 1, '(func $f (;1;) (type 1)']);
    assert.deepEqual(found('global.get $g (;0;)', '$g'), [
      'global',
      0,
      '(global $g (;0;) (mut i32) i32.const 0)',
    ]);
    assert.deepEqual(found('(func $f (;1;) (type 1)', '1)'), ['type', 1, '(type (;1;) (func))']);
    assert.equal(found('i32.const 1', '1'), null);
  });
});
