import assert from 'node:assert/strict';
import { readDamage, type Damage } from '../../../src/component/damage';
import { summarise } from '../../../src/component/summary';
import { damageLines } from '../../../src/words/damage';
import { compile } from './compile';

function damageOf(bytes: Uint8Array): Damage {
  const summary = summarise(bytes);
  assert.equal(summary.kind, 'invalid');
  return readDamage(bytes, summary.problem);
}

describe('the damage of a file', () => {
  it('names the sections that are whole and the one that is cut off', async () => {
    const whole = await compile('(module (func (export "f")) (data "0123456789"))');
    const cut = whole.subarray(0, whole.length - 3);
    const damage = damageOf(cut);
    assert.equal(damage.preamble, 'module');
    assert.ok(damage.sections.length >= 3);
    assert.equal(damage.byte, null);
    assert.equal(damage.offset, cut.length);
    const { broken } = damage;
    assert.equal(broken!.saysEnd, whole.length);
    assert.match(
      damageLines(damage).join(' '),
      /\(\w+\) begins at byte \d+ and should end at byte \d+: 3 bytes are missing/,
    );
  });

  it('gives the byte at which reading stopped inside a section', async () => {
    const bytes = Uint8Array.from(await compile('(module (import "a" "b" (memory 1)))'));
    bytes[bytes.length - 2] = 0x7f; // the flags of its limits
    const damage = damageOf(bytes);
    assert.deepEqual([damage.offset, damage.byte], [bytes.length - 2, 0x7f]);
    assert.equal(damage.broken?.id, 2);
    assert.match(damageLines(damage).at(-1)!, /at the value 0x7f/);
  });

  it('says that a text is no WebAssembly from its first byte', () => {
    const damage = damageOf(Buffer.from('plain text'));
    assert.deepEqual([damage.preamble, damage.sections, damage.byte], [null, [], 0x70]);
  });
});
