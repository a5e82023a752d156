import assert from 'node:assert/strict';
import { ByteReader } from '../../../src/component/bytes';
import { CoreModule } from '../../../src/component/core-module';
import { disassembleAround, type WatExcerpt } from '../../../src/component/disassemble-around';
import { compile } from './compile';

async function moduleOf(text: string): Promise<CoreModule> {
  return new CoreModule(new ByteReader(await compile(text)), 0);
}

/** The lines as they stand in the text format, two spaces for each level. */
function textOf({ lines }: WatExcerpt): readonly string[] {
  return lines.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`);
}

/** All of function 0 (behind no imports), found by its first instruction, behind one byte without locals. */
function wholeFunction(module: CoreModule): WatExcerpt {
  const range = module.body(0);
  assert.ok(range !== null);
  const excerpt = disassembleAround(module, 0, [range.start + 1 - module.start], 1000);
  assert.ok(excerpt !== null);
  return excerpt;
}

describe('the text of code', () => {
  it('is that of the text format, with blocks indented and names where the module has them', async () => {
    const module = await moduleOf(`(module
      (func $main (param i32) (result i32)
        block
          loop (result i32)
            i32.const 65544
            i32.load offset=4
            global.get $flag
            if (result i64)
              i64.const -5
            else
              i64.const 9007199254740993
            end
            drop
            local.get 0
            br_table 0 1 0
          end
          drop
        end
        call $"a name"
        ref.null func
        drop
        i32.const 0
        i32.const 0
        i32.const 0
        memory.fill
        i32.const 1
        call_indirect (type 1)
        f64.const 1.5
        drop
        memory.size)
      (type (func (param i32) (result i32)))
      (type (func))
      (func $"a name")
      (table 1 funcref)
      (global $flag (mut i32) (i32.const 0))
      (memory 1))`);
    const excerpt = wholeFunction(module);
    assert.equal(excerpt.head, '(func $main (;0;)');
    assert.deepEqual(textOf(excerpt), [
      'block (;@1;)',
      '  loop (result i32) (;@2;)',
      '    i32.const 65544 (;0x10008;)',
      '    i32.load offset=4',
      '    global.get $flag (;0;)',
      '    if (result i64) (;@3;)',
      '      i64.const -5',
      '    else',
      '      i64.const 9007199254740993',
      '    end',
      '    drop',
      '    local.get 0',
      '    br_table 0 1 0',
      '  end',
      '  drop',
      'end',
      'call $"a name" (;1;)',
      'ref.null func',
      'drop',
      'i32.const 0',
      'i32.const 0',
      'i32.const 0',
      'memory.fill',
      'i32.const 1',
      'call_indirect (type 1)',
      'f64.const 1.5',
      'drop',
      'memory.size',
    ]);
  });

  it('is cut around the offsets that are asked for, and says how much is left out', async () => {
    const module = await moduleOf(`(module (func ${'nop '.repeat(50)}))`);
    const { lines } = wholeFunction(module);
    const [from, to] = [lines[20]?.offset ?? 0, lines[24]?.offset ?? 0];
    const excerpt = disassembleAround(module, 0, [to, from], 3);
    assert.deepEqual(
      [excerpt?.lines[0]?.offset, excerpt?.lines.length, excerpt?.before, excerpt?.after],
      [lines[17]?.offset, 11, 17, 22],
    );
  });

  it('is not there for a function without a body, an offset between instructions, and broken code', async () => {
    const module = await moduleOf(
      '(module (import "a" "b" (func)) (func i32.const 1000 drop) (func nop unreachable))',
    );
    const start = (module.body(1)?.start ?? 0) - module.start;
    assert.equal(disassembleAround(module, 0, [start]), null);
    assert.equal(disassembleAround(module, 9, [start]), null);
    assert.equal(disassembleAround(module, 1, [start + 2]), null);
    assert.notEqual(disassembleAround(module, 1, [start + 1]), null);
    module.bytes[start + 1] = 0xff;
    assert.equal(disassembleAround(module, 1, [start + 1]), null);
  });
});
