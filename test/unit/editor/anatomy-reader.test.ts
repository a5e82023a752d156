import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readOverview } from '../../../src/component/anatomy/read-overview';
import { readSizes } from '../../../src/component/anatomy/read-sizes';
import { AnatomyReader } from '../../../src/editor/anatomy/anatomy-reader';
import { answerQuestion, rowsPerMessage } from '../../../src/editor/anatomy/answer-question';
import { fixture } from '../../fixtures';
import { distFile } from '../../support/built';

describe('the reader of files on a thread', () => {
  let reader: AnatomyReader;
  beforeEach(() => {
    reader = new AnatomyReader(distFile('anatomy-worker.js'));
  });
  afterEach(() => {
    reader.dispose();
  });

  it('answers with structure, sizes and functions, in whatever order it is asked', async () => {
    const file = fixture('trap');
    const bytes = readFileSync(file);
    const steps: number[] = [];
    const [sizes, overview, functions] = await Promise.all([
      reader.sizes(file, { onProgress: (done) => steps.push(done) }),
      reader.overview(file),
      reader.findFunctions(file, 'main', 5),
    ]);
    assert.deepEqual(sizes, { ok: true, value: readSizes(bytes) });
    assert.deepEqual(overview, { ok: true, value: readOverview(bytes) });
    assert.ok(functions.ok && functions.value.found.some(({ name }) => name === 'main'));
    assert.equal(steps.at(-1), bytes.length);
  });

  it('prints modules and functions as text, and searches one module only', async () => {
    const file = fixture('trap');
    const module = await reader.wat(file, 0);
    assert.ok(module.ok && module.value?.text.includes('(func $main (;9;)') === true);
    const main = await reader.watFunction(file, 0, 9);
    assert.ok(main.ok && main.value?.startsWith('(func $main (;9;)'));
    assert.deepEqual(await reader.wat(file, 99), { ok: true, value: null });
    const found = await reader.findFunctions(file, '', 1000, 1);
    assert.ok(found.ok && found.value.found.every((each) => each.module === 1));
  });

  it('says why a file cannot be read, and answers the next question', async () => {
    const missing = await reader.overview('/no/such/file.wasm');
    assert.ok(!missing.ok && missing.error.code === 'not-found');
    assert.ok((await reader.overview(fixture('trap'))).ok);
  });

  it('gives an aborted question up at once', async () => {
    const stop = new AbortController();
    const sizes = reader.sizes('node_modules/@yowasp/clang/gen/llvm.core.wasm', { signal: stop.signal });
    stop.abort();
    const answer = await sizes;
    assert.ok(!answer.ok && answer.error.code === 'unreadable');
  });

  it('answers in messages that take the receiver only a moment, however large the file is', () => {
    const bytes = readFileSync('node_modules/@yowasp/clang/gen/llvm.core.wasm');
    let messages = 0;
    answerQuestion({ want: 'sizes' }, bytes, (response) => {
      messages += 1;
      if (response.type === 'rows') assert.ok(response.rows.length <= rowsPerMessage);
      assert.ok(JSON.stringify(response).length < 200_000);
    });
    assert.ok(messages > 10);
  });
});
