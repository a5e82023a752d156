import { startFailureText } from '../../src/words/start-failure';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/temporary-folder';
import { Output, TestEngine } from './harness';

describe("a guest's streams", () => {
  const test = new TestEngine();
  after(() => test.dispose());

  it('keep the order of what was written to both', async () => {
    const output = new Output();
    await test.run(await test.start('interleave', { args: ['50'] }, output));
    const expected = Array.from(
      { length: 50 },
      (_, index) => `out ${String(index + 1)}\nerr ${String(index + 1)}\n`,
    );
    assert.equal(output.pieces.map(({ text }) => text).join(''), expected.join(''));
  });

  it('lose nothing of what was written before a trap or an exit', async () => {
    for (const end of ['trap', 'exit', 'return']) {
      const output = new Output();
      await test.run(await test.start('flood', { args: ['5000000', 'stdout', end] }, output));
      assert.equal(output.stdout.length, 5_000_000, end);
    }
  });

  it('hold the guest back while their taker asks for it', async () => {
    let taken = 0;
    let release: () => void = () => undefined;
    const read = await test.engine.readBuild((await test.start('flood')).build.path);
    assert.ok(read.ok);
    const instance = await test.engine.startInstance(
      read.value,
      { args: ['20000000'], env: {}, dirs: [], network: false, stdin: { type: 'empty' } },
      {
        output: (_, bytes) => {
          taken += bytes.length;
          return new Promise<void>((resolve) => {
            release = resolve;
          });
        },
      },
    );
    const call = test.run(instance);
    await new Promise((wait) => setTimeout(wait, 500));
    assert.ok(taken > 0 && taken < 1_000_000, `${String(taken)} bytes were taken`);
    const timer = setInterval(() => {
      release();
    }, 0);
    assert.deepEqual((await call).ended?.outcome, { type: 'ok' });
    clearInterval(timer);
    assert.equal(taken, 20_000_000);
  });

  it('read a file, or nothing', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'input.txt');
    writeFileSync(path, 'from a file\n');
    const fromFile = new Output();
    await test.run(await test.start('echo', { stdin: { type: 'file', path } }, fromFile));
    assert.equal(fromFile.stdout, 'from a file\n');
    const fromNothing = new Output();
    await test.run(await test.start('echo', { stdin: { type: 'empty' } }, fromNothing));
    assert.equal(fromNothing.stdout, '');
  });

  it('keep an instance from starting whose input file is not there, and the message names it', async () => {
    const instance = await test.start('echo', { stdin: { type: 'file', path: '/no/such/file' } });
    assert.equal(instance.state.type, 'failed');
    assert.match(startFailureText(instance.state.failure), /\/no\/such\/file/);
  });
});
