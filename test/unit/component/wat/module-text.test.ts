import assert from 'node:assert/strict';
import { mutate } from '../../../../scripts/corpus/mutate.mjs';
import { watCases } from '../../../../scripts/corpus/wat-cases.mjs';
import { partsIn } from '../../../../src/component/anatomy/scan-sections';
import { ByteReader } from '../../../../src/component/bytes';
import { CoreModule } from '../../../../src/component/core-module';
import { orNull } from '../../../../src/component/optional';
import { WatModule } from '../../../../src/component/wat/module-text';
import { compile } from '../compile';
import { allFixtures } from '../anatomy/all-fixtures';
import { printed, stripped } from './printed';

/** What wasm-tools prints of a module, without names and other custom sections: the other opinion. */
async function reference(bytes: Uint8Array): Promise<string> {
  const { print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
  return print(stripped(bytes));
}

/** Fails unless the text of a module is read as the same module by wasm-tools. */
async function assertSame(bytes: Uint8Array, what: string): Promise<void> {
  const again = await compile(printed(bytes));
  const [ours, theirs] = [(await reference(again)).split('\n'), (await reference(bytes)).split('\n')];
  const at = theirs.findIndex((line, index) => line !== ours[index]);
  assert.equal(ours[at], theirs[at], `${what}, line ${String(at)}`);
  assert.equal(ours.length, theirs.length, what);
}

describe('a core module as text', () => {
  it('is read as the same module, for every module of the fixtures', async function () {
    this.timeout(120_000);
    const seen = new Set<string>();
    for (const [name, bytes] of allFixtures()) {
      for (const { kind, start, end } of partsIn(bytes)) {
        const module = bytes.subarray(start, end);
        const key = Buffer.from(module).toString('latin1');
        // The adapters are the same in most, and a JavaScript engine takes half a minute.
        if (kind !== 'module' || module.length > 300_000 || seen.has(key)) continue;
        seen.add(key);
        if (orNull(() => new CoreModule(new ByteReader(module), 0)) !== null) await assertSame(module, name);
      }
    }
    assert.ok(seen.size > 50);
  });

  const examples: Readonly<Record<string, string>> = {
    'types of garbage collection': `
      (type $f (func (param i32 (ref null $s)) (result (ref $s))))
      (rec (type $s (sub (struct (field i32) (field (mut i8)) (field (ref null $a))))) (type $a (array (mut i16))))
      (type $t (sub final $s (struct (field i32) (field (mut i8)) (field (ref null $a)) (field (mut anyref)))))
      (func (type $f) (br_if 0 (ref.cast (ref $s) (local.get 1)) (i32.const 1)) drop
        (struct.new_default $t) (ref.test (ref null i31) (local.get 1)) drop)`,
    'imports of every kind': `
      (import "a" "f" (func $f (param i64))) (import "a" "t" (table 1 2 externref))
      (import "a" "m" (memory 1 2)) (import "a" "g" (global $g (mut f32))) (import "a" "\\"x\\"" (tag (param i32)))
      (export "f" (func $f)) (export "g" (global $g))`,
    'tables, memories, globals and constants': `
      (table 10 funcref) (table $t 1 (ref func) (ref.func $f)) (memory i64 1 2) (memory 1 1 shared)
      (global $a i32 (i32.const -7)) (global (mut v128) (v128.const f64x2 1 nan:0x123))
      (global f32 (f32.const -nan:0x200001)) (global f64 (f64.const 0x1.fffffffffffffp+1023))
      (global i32 (i32.add (global.get $a) (i32.const 1))) (func $f) (start $f)`,
    'elements and data of every form': `
      (table $t 10 funcref) (table $u 10 funcref) (memory 1) (memory $n 1)
      (elem (i32.const 0) func $f $f) (elem func $f) (elem (table $u) (i32.const 1) func $f) (elem declare func $f)
      (elem (i32.const 0) funcref (ref.func $f) (ref.null func)) (elem funcref (ref.func $f))
      (elem (table $u) (i32.const 0) (ref null func) (ref.null func)) (elem declare externref (ref.null extern))
      (data (i32.const 1) "a\\"\\\\\\00\\ff") (data "passive") (data (memory $n) (i32.const 2) "") (func $f)`,
    'exceptions, old and new': `
      (tag $e (param i32)) (func
        (block $h (result i32) (try_table (catch $e $h) (catch_all 1) (throw $e (i32.const 1))) (i32.const 0)) drop
        try (result i32) i32.const 1 catch $e catch_all i32.const 2 rethrow 0 end drop
        try try nop delegate 0 catch_all end)`,
    'names that need care': `
      (import "x" "y" (global $"g h" i32)) (func $"a b") (func $"quote \\"") (func $twice) (func (export "unnamed"))`,
    floats: `(func (drop (f32.const 0.1)) (drop (f32.const 16777216)) (drop (f32.const 1e-45)) (drop (f32.const -0))
      (drop (f64.const 1e21)) (drop (f64.const 5e-324)) (drop (f64.const -inf)) (drop (f32.const 3.4028234e38)))`,
  };
  for (const [what, fields] of Object.entries(examples))
    it(`is read as the same module: ${what}`, async () => {
      await assertSame(await compile(`(module ${fields})`), what);
    });

  it('has functions with names, types, locals, and blocks with labels', async () => {
    const bytes = await compile(`(module $m (func $add (export "add") (param i32 i32) (result i32) (local i64)
      block br 0 loop br_if 1 end end local.get 0 call $add2) (func $add2 (param i32) (result i32) unreachable))`);
    assert.deepEqual(printed(bytes).trimEnd().split('\n'), [
      '(module $m',
      '  (type (;0;) (func (param i32 i32) (result i32)))',
      '  (type (;1;) (func (param i32) (result i32)))',
      '  (export "add" (func $add (;0;)))',
      '  (func $add (;0;) (type 0) (param i32 i32) (result i32)',
      '    (local i64)',
      '    block (;@1;)',
      '      br 0 (;@1;)',
      '      loop (;@2;)',
      '        br_if 1 (;@1;)',
      '      end',
      '    end',
      '    local.get 0',
      '    call $add2 (;1;)',
      '  )',
      '  (func $add2 (;1;) (type 1) (param i32) (result i32)',
      '    unreachable',
      '  )',
      ')',
    ]);
  });

  it('shows where data and elements begin, if it is not printed whole', async () => {
    const module = await compile(`(module (memory 1) (data (i32.const 0) "${'x'.repeat(100)}"))`);
    const wat = new WatModule(new CoreModule(new ByteReader(module), 0));
    assert.equal(
      wat.headerLines({ full: false }).at(-1),
      `(data (;0;) (offset i32.const 0) "${'x'.repeat(64)}" (; … +36 ;))`,
    );
  });

  it('shows the bytes of an instruction that is not known as a comment', async () => {
    const module = await compile('(module (func nop nop nop) (func))');
    const wat = () => new WatModule(new CoreModule(new ByteReader(module), 0)).functionLines(0);
    module[new CoreModule(new ByteReader(module), 0).body(0)!.start + 2] = 0xff;
    assert.deepEqual(wat(), ['(func (;0;) (type 0)', '  nop', '  (; @0x19: ff 01 0b ;)', ')']);
  });

  it('is printed in bounded time and without a throw, whatever is damaged', async function () {
    this.timeout(60_000);
    const originals = await Promise.all(
      Object.values(watCases).map(async ({ wat }) => {
        const bytes = await compile(wat);
        const part = partsIn(bytes).find(({ kind }) => kind === 'module');
        return part === undefined ? bytes : bytes.slice(part.start, part.end);
      }),
    );
    let read = 0;
    for (let seed = 1; seed <= 1500; seed++) {
      const damaged = mutate(originals[seed % originals.length]!, seed);
      const module = orNull(() => new CoreModule(new ByteReader(damaged), 0));
      if (module === null) continue;
      read += 1;
      const started = performance.now();
      for (const line of new WatModule(module).lines({ full: false })) assert.ok(line.length < 1_000_000);
      assert.ok(performance.now() - started < 2000, `seed ${String(seed)}`);
    }
    assert.ok(read > 200);
  });
});
