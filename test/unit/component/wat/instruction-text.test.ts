import assert from 'node:assert/strict';
import { ByteReader } from '../../../../src/component/bytes';
import { CoreModule } from '../../../../src/component/core-module';
import { KEY, knownKeys, opcodeOf, type Immediate } from '../../../../src/component/opcodes';
import { takeInstructionText } from '../../../../src/component/wat/instruction-text';
import { compile } from '../compile';

const noNames = { func: () => null, global: () => null };

/** The bytes of an opcode. */
function opcodeBytes(key: number): readonly number[] {
  const prefixes = [
    [KEY.gc, 0xfb],
    [KEY.vector, 0xfd],
    [KEY.atomic, 0xfe],
    [KEY.misc, 0xfc],
  ] as const;
  for (const [first, prefix] of prefixes) if (key >= first) return [prefix, ...leb(key - first)];
  return [key];
}

function leb(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >> 7)];
}

/** Some immediate of each kind; indices differ by their place, so that a wrong order is noticed. */
function sample(immediate: Immediate, place: number): readonly number[] {
  switch (immediate) {
    case '':
      return [];
    case 'block':
      return [0x40];
    case 'labels':
      return [2, 0, 3, 1];
    case 'memarg':
      return [0x41, 1, 0x88, 0x01];
    case 'lane':
      return [1];
    case 'byte':
      return [0];
    case 'i32':
      return [0x80, 0x80, 0x04];
    case 'i64':
      return [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
    case 'f32':
      return [1, 2, 3, 4];
    case 'f64':
      return [1, 2, 3, 4, 5, 6, 0xf7, 0x7f];
    case 'v128':
    case 'lanes':
      return Array.from({ length: 16 }, (_, index) => index);
    case 'heap':
      return [0x6e - place];
    case 'types':
      return [1, 0x70];
    case 'catches':
      return [4, 0, 1, 2, 1, 1, 0, 2, 1, 3, 0];
    case 'resumes':
      return [2, 0, 1, 2, 1, 3];
    default:
      return [place + 1];
  }
}

/** Their bytes are no instructions of their own, or are covered by the test of whole modules. */
const partsOfBlocks = ['else', 'end', 'catch', 'catch_all', 'delegate'];

describe('every instruction that is known', () => {
  it('is read back as the same bytes from its text', async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const key of knownKeys()) {
      const opcode = opcodeOf(key)!;
      if (partsOfBlocks.includes(opcode.name)) continue;
      const immediates = opcode.immediates.flatMap(sample);
      const code = Uint8Array.from([...opcodeBytes(key), ...immediates]);
      const { text } = takeInstructionText(new ByteReader(code), noNames);
      const end = opcode.immediates.includes('block') ? ' end' : '';
      count += 1;
      try {
        const binary = await compile(`(module (func ${text}${end}))`);
        const body = new CoreModule(new ByteReader(binary), 0).body(0)!;
        const got = Buffer.from(binary.subarray(body.start + 1, body.end - (end === '' ? 1 : 2)));
        const different = Buffer.compare(got, Buffer.from(code)) !== 0;
        if (different)
          wrong.push(`${text}: ${got.toString('hex')}, not ${Buffer.from(code).toString('hex')}`);
      } catch (error) {
        wrong.push(`${text}: ${String(error)}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(count > 550);
  });
});
