import assert from 'node:assert/strict';
import { ByteReader } from '../../../src/component/bytes';
import { CoreModule } from '../../../src/component/core-module';
import { DwarfWork, takeForm } from '../../../src/component/dwarf-forms';
import { lineTable } from '../../../src/component/dwarf-lines';
import { compile } from './compile';

/** Lines 7 (at address 2), 9 (at 5) and 9 again up to address 10 of the second file. */
const program = [
  ...[0x00, 0x05, 0x02, 2, 0, 0, 0], // the address is 2
  ...[0x04, 2], // the second file
  ...[0x03, 6, 0x01], // line 1 + 6, a row
  0x0d + 2 + 14 * 3 + 5, // a special opcode: the address grows by 3, the line by 2, a row
  ...[0x02, 5], // the address grows by 5
  ...[0x00, 0x01, 0x01], // the end of the sequence
];
const opcodeBase = 0x0d;
const lengths = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
const lineBase = -5;
const lineRange = 14;

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const text = (value: string) => [...Buffer.from(value), 0];

/** A unit of `.debug_line` in DWARF 2 to 4. */
function unit(version: 2 | 3 | 4): number[] {
  const header = [
    1,
    ...(version === 4 ? [1] : []),
    ...[1, lineBase & 0xff, lineRange, opcodeBase, ...lengths],
    ...[...text('include'), 0],
    ...[...text('main.c'), 0, 0, 0],
    ...[...text('guard.h'), 1, 0, 0, 0],
  ];
  const content = [...u16(version), ...u32(header.length), ...header, ...program];
  return [...u32(content.length), ...content];
}

/** The same in DWARF 5, where directories and files count from 0 and say in which form they come. */
function unit5(): number[] {
  const [path, directory, inline, byte] = [1, 2, 0x08, 0x0b];
  const header = [
    ...[1, 1, 1, lineBase & 0xff, lineRange, opcodeBase, ...lengths],
    ...[1, path, inline, 2, ...text('/src'), ...text('include')],
    ...[2, path, inline, directory, byte, 3],
    ...[...text('main.c'), 0, ...text('main.c'), 0, ...text('guard.h'), 1],
  ];
  const content = [...u16(5), 4, 0, ...u32(header.length), ...header, ...program];
  return [...u32(content.length), ...content];
}

/** A module with ten bytes of code and a `.debug_line` section. */
async function moduleWith(bytes: readonly number[]): Promise<CoreModule> {
  const escaped = bytes.map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  const binary = await compile(
    `(module (func nop nop nop nop nop nop) (@custom ".debug_line" "${escaped}"))`,
  );
  return new CoreModule(new ByteReader(binary), 0);
}

/** What the table says of addresses, which count from the content of the code section. */
async function linesOf(bytes: readonly number[], addresses: readonly number[]): Promise<(string | null)[]> {
  const module = await moduleWith(bytes);
  const table = lineTable(module);
  return addresses.map((address) => {
    const found = table(module.codeStart! + address);
    return found === null ? null : `${found.file}:${String(found.line)}`;
  });
}

describe('the line table of a module', () => {
  const addresses = [1, 2, 4, 5, 9, 10];

  for (const version of [2, 3, 4] as const) {
    it(`is read from DWARF ${String(version)}`, async () => {
      const [seven, nine] = ['include/guard.h:7', 'include/guard.h:9'];
      assert.deepEqual(await linesOf(unit(version), addresses), [null, seven, seven, nine, nine, null]);
    });
  }

  it('is read from DWARF 5, with the directory of the compilation', async () => {
    const [seven, nine] = ['/src/include/guard.h:7', '/src/include/guard.h:9'];
    assert.deepEqual(await linesOf(unit5(), addresses), [null, seven, seven, nine, nine, null]);
  });

  it('finds the unit that an address belongs to', async () => {
    const elsewhere = unit(4).with(unit(4).indexOf(2, 60), 100);
    assert.deepEqual(await linesOf([...elsewhere, ...unit(3)], [5]), ['include/guard.h:9']);
  });

  it('is empty where a few bytes refer to many, without reading all of those', () => {
    const name = Buffer.alloc(1_000_000, 'a');
    const strings = { str: null, lineStr: new ByteReader(name), work: new DwarfWork() };
    const [lineStrp, at] = [0x1f, new ByteReader(new Uint8Array(4 * 100_000))];
    let read = 0;
    assert.throws(() => {
      for (;;) {
        const value = takeForm(lineStrp, at, { addressSize: 4, version: 5 }, strings);
        assert.equal(String(value).length, 4096);
        read += 1;
      }
    }, /refers to itself too often/);
    assert.equal(read, 38_986);
  });

  it('is empty for a module without one, and for one that is damaged', async () => {
    assert.deepEqual(await linesOf([], [2]), [null]);
    for (let length = 0; length < unit(4).length; length++) {
      await linesOf(unit(4).slice(0, length), addresses);
    }
  });
});
