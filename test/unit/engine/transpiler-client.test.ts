import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TranspilerClient } from '../../../src/engine/transpiler-client';
import { temporaryFolder } from '../../support/temporary-folder';

/** Answers the first two requests at one go, and each one after them three seconds later. */
const script = `
const held = [];
const answer = ({ id }) => process.send({ id, type: 'interface', text: String(id) });
process.on('message', (request) => {
  if (request.type === 'transpile') {
    return process.send({ id: request.id, type: 'failed', failure: { code: 'other', words: 'big' }, broken: request.component === '/broken.wasm' });
  }
  if (held.length >= 2) return setTimeout(answer, 3000, request);
  held.push(request);
  if (held.length === 2) held.forEach(answer);
});
process.on('disconnect', () => process.exit());
`;

describe('a transpiler that is kept for a while', () => {
  let folder: string;
  let client: TranspilerClient;
  beforeEach(() => {
    folder = temporaryFolder();
    writeFileSync(join(folder, 'script.cjs'), script);
    client = new TranspilerClient(join(folder, 'script.cjs'), { execPath: process.execPath, env: {} });
  });
  afterEach(() => {
    client.dispose();
  });

  const big = { path: '/big.wasm', sha256: '0', modifiedAt: 0, sizeBytes: 64 * 1024 * 1024 };

  it('is not ended for being idle during a job, however the jobs before it ended', async () => {
    // It is kept for two seconds only, from now on.
    await assert.rejects(client.transpile(big, { folder, limitMemory: false, serve: false }), {
      failure: { code: 'other', words: 'big' },
    });
    assert.deepEqual(await Promise.all([client.interfaceText('a'), client.interfaceText('b')]), ['2', '3']);
    assert.equal(await client.interfaceText('c'), '4');
  });

  it('rejects what it has not done when it is ended', async () => {
    const waiting = client.interfaceText('a');
    setTimeout(() => {
      client.dispose();
    }, 100);
    await assert.rejects(waiting, { failure: { code: 'translator-ended', detail: 'it was stopped' } });
  });

  it('is another one after a component that it came to an end over', async () => {
    const broken = { ...big, path: '/broken.wasm' };
    await assert.rejects(client.transpile(broken, { folder, limitMemory: false, serve: false }), {
      failure: { code: 'other', words: 'big' },
    });
    // The first two requests of a process are answered at one go, and numbered over all processes.
    assert.deepEqual(await Promise.all([client.interfaceText('a'), client.interfaceText('b')]), ['2', '3']);
    await assert.rejects(client.transpile(broken, { folder, limitMemory: false, serve: false }), {
      failure: { code: 'other', words: 'big' },
    });
    assert.deepEqual(await Promise.all([client.interfaceText('c'), client.interfaceText('d')]), ['5', '6']);
  });
});
