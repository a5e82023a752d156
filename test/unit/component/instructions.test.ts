import assert from 'node:assert/strict';
import { ByteReader } from '../../../src/component/bytes';
import { CoreModule } from '../../../src/component/core-module';
import { takeInstruction } from '../../../src/component/instructions';
import { compile } from './compile';

/** The names of all instructions of a module's functions. Fails if one of them ends before its body or behind it. */
async function namesIn(text: string): Promise<string[]> {
  const binary = await compile(`(module ${text})`);
  const module = new CoreModule(new ByteReader(binary), 0);
  const names: string[] = [];
  for (let index = 0; index < module.bodyCount; index++) {
    const { start, end } = module.body(module.imported.func + index)!;
    const reader = new ByteReader(binary, start, end);
    reader.list(() => [reader.u32(), reader.s33()]);
    while (!reader.atEnd) names.push(takeInstruction(reader).opcode.name);
    assert.equal(reader.offset, end);
  }
  return names;
}

describe('instructions', () => {
  const examples: Readonly<Record<string, readonly [fields: string, code: string, names: string]>> = {
    'blocks and branches': [
      '',
      '(block (result i32) (loop (br_table 0 1 0 (i32.const 1))) (i32.const 300)) drop (if (i32.const 0) (then) (else))',
      'block loop i32.const br_table end i32.const end drop i32.const if else end end',
    ],
    'memory accesses': [
      '(memory 1) (memory $m 1)',
      '(i64.store32 $m offset=70000 (i32.const -1) (i64.load8_u align=1 (i32.const 2))) (memory.copy 0 $m (i32.const 0) (i32.const 0) (i32.const 0))',
      'i32.const i32.const i64.load8_u i64.store32 i32.const i32.const i32.const memory.copy end',
    ],
    constants: [
      '',
      '(drop (i64.const -9223372036854775808)) (drop (f32.const nan)) (drop (f64.const 1e300)) (drop (v128.const i64x2 1 2))',
      'i64.const drop f32.const drop f64.const drop v128.const drop end',
    ],
    vectors: [
      '(memory 1)',
      '(v128.store8_lane offset=9 3 (i32.const 0) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (v128.load (i32.const 0)) (i8x16.splat (i32.const 1))))',
      'i32.const i32.const v128.load i32.const i8x16.splat i8x16.shuffle v128.store8_lane end',
    ],
    atomics: [
      '(memory 1 1 shared)',
      '(drop (i64.atomic.rmw32.cmpxchg_u (i32.const 0) (i64.const 0) (i64.const 1))) atomic.fence (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))',
      'i32.const i64.const i64.const i64.atomic.rmw32.cmpxchg_u drop atomic.fence i32.const i32.const memory.atomic.notify drop end',
    ],
    exceptions: [
      '(tag $t (param i32))',
      '(block $h (result i32) (try_table (catch $t $h) (throw $t (i32.const 1))) (i32.const 0)) drop',
      'block try_table i32.const throw end i32.const end drop end',
    ],
    'garbage collection': [
      '(type $s (struct (field (mut i32)))) (type $a (array (mut i8)))',
      `(struct.set $s 0 (struct.new_default $s) (i32.const 1)) (drop (array.new_fixed $a 2 (i32.const 1) (i32.const 2)))
       (block $b (result (ref $s)) (br_on_cast $b (ref null any) (ref $s) (ref.null any)) unreachable) drop`,
      'struct.new_default i32.const struct.set i32.const i32.const array.new_fixed drop block ref.null br_on_cast unreachable end drop end',
    ],
    calls: [
      '(type $f (func)) (table $t 1 funcref) (func $g)',
      '(call_indirect $t (type $f) (i32.const 0)) (table.set $t (i32.const 0) (ref.func $g)) (return_call $g)',
      'end i32.const call_indirect i32.const ref.func table.set return_call end',
    ],
    'saturating and wide arithmetic': [
      '',
      '(drop (i64.trunc_sat_f64_u (f64.const 1))) (drop (i32.extend8_s (i32.const 1)))',
      'f64.const i64.trunc_sat_f64_u drop i32.const i32.extend8_s drop end',
    ],
  };
  for (const [what, [fields, code, names]] of Object.entries(examples)) {
    it(`are decoded: ${what}`, async () => {
      const declared = fields.includes('$g') ? '(elem declare func $g)' : '';
      assert.equal((await namesIn(`${fields} ${declared} (func ${code})`)).join(' '), names);
    });
  }
});
