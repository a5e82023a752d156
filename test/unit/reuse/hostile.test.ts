import assert from 'node:assert/strict';
import { mutate } from '../../../scripts/corpus/mutate.mjs';
import { watCases } from '../../../scripts/corpus/wat-cases.mjs';
import { readExportedFunctions } from '../../../src/component/exported-functions';
import { readComponent } from '../../../src/component/read-component';
import { summarise } from '../../../src/component/summary';
import { analyseFile } from '../../../src/reuse/analyse';
import { compile } from '../component/compile';

const limitMs = 200;

describe('hostile bytes', () => {
  it('never make a throw or a hang, however a binary is damaged', async function () {
    this.timeout(60_000);
    const originals = await Promise.all(Object.values(watCases).map(({ wat }) => compile(wat)));
    const slow: string[] = [];
    for (let seed = 1; seed <= 3000; seed++) {
      const damaged = mutate(originals[seed % originals.length]!, seed);
      if (timeOf(damaged) <= limitMs) continue;
      // The machine may have been busy with something else: what is slow by itself is slow again.
      if (timeOf(damaged) > limitMs) slow.push(`seed ${String(seed)}`);
    }
    assert.deepEqual(slow, []);
  });

  it('an atomic operation on what is no integer is answered', async () => {
    const original = await compile(watCases['guard-atomic']!.wat);
    assert.doesNotThrow(() => analyseFile(mutate(original, 31_014_003)));
  });

  it('nested components of any depth are answered, not followed to the end of the stack', () => {
    let bytes = component();
    for (let depth = 0; depth < 5000; depth++) bytes = component(section(4, bytes));
    assert.match(messageOf(bytes), /nested too deeply/);
    assert.equal(summarise(bytes).kind, 'component');
  });

  it('types that double with every definition are refused', () => {
    const doubled = (index: number) => [0x6f, 2, index, index];
    const types = [[0x6f, 1, 0x7f], ...Array.from({ length: 60 }, (_, index) => doubled(index))];
    assert.match(
      messageOf(component(section(7, [types.length, ...types.flat()]))),
      /a type that is too large/,
    );
  });

  it('types that contain each other without end are refused', () => {
    const use = (index: number) => (index < 64 ? [index] : [index | 0x80, 0]);
    const types = Array.from({ length: 120 }, (_, index) => [
      0x70,
      ...(index === 0 ? [0x7f] : use(index - 1)),
    ]);
    assert.match(
      messageOf(component(section(7, [types.length, ...types.flat()]))),
      /a type that is too large/,
    );
  });

  it('instances that double with every component are refused', () => {
    let inner = component();
    // Each component instantiates the one in it twice.
    for (let level = 0; level < 40; level++) {
      inner = component(section(4, inner), section(5, [2, 0, 0, 0, 0, 0, 0]));
    }
    const run = component(section(4, inner), section(5, [1, 0, 0, 0]));
    const functions = readExportedFunctions(run);
    assert.match(functions.ok ? '' : functions.error.message, /too many instances/);
  });

  it('huge counts cost nothing', () => {
    const bytes = component([7, 6, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x7f]);
    assert.ok(timeOf(bytes) < limitMs);
    assert.match(messageOf(bytes), /truncated|impossible/);
  });
});

function timeOf(bytes: Uint8Array): number {
  const started = performance.now();
  summarise(bytes);
  analyseFile(bytes);
  readExportedFunctions(bytes);
  return performance.now() - started;
}

function messageOf(bytes: Uint8Array): string {
  const read = readComponent(bytes);
  return read.ok ? 'ok' : read.error.message;
}

function component(...sections: readonly ArrayLike<number>[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat([[0, 0x61, 0x73, 0x6d, 13, 0, 1, 0], ...sections].map((each) => Uint8Array.from(each))),
  );
}

function section(id: number, content: ArrayLike<number>): Uint8Array {
  const size: number[] = [];
  for (let rest = content.length; ; rest >>>= 7) {
    size.push(rest < 128 ? rest : (rest & 0x7f) | 0x80);
    if (rest < 128) break;
  }
  return new Uint8Array(Buffer.concat([Uint8Array.from([id, ...size]), Uint8Array.from(content)]));
}
