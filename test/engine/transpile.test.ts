import { startFailureText } from '../../src/words/start-failure';
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareProfile } from '../../src/instance/profile';
import { fixture } from '../fixtures';
import { dist, Output, TestEngine } from './harness';
import { childrenThatRun, eventually } from './support/processes';

describe('transpiling', () => {
  it('reports progress once for each component', async () => {
    const test = new TestEngine();
    const said: string[] = [];
    const options = { progress: (what: string) => void said.push(what) };
    await test.start('hello', {}, undefined, options);
    await test.start('hello', {}, undefined, options);
    assert.deepEqual(said, ['transpiling']);
    await test.dispose();
  });

  it('gives the memory of a big component back', async () => {
    const others = transpilers();
    const test = new TestEngine();
    const path = join(test.cacheDir, 'big.wasm');
    writeFileSync(path, Buffer.concat([readFileSync(fixture('hello')), bigCustomSection()]));
    const build = await test.engine.readBuild(path);
    assert.ok(build.ok);
    const instance = await test.engine.startInstance(build.value, bareProfile, new Output().io);
    assert.equal(instance.state.type, 'ready');
    const own = () => transpilers().filter((pid) => !others.includes(pid));
    assert.equal(own().length, 1);
    assert.ok(await eventually(() => own().length === 0, 5000));
    await test.dispose();
  });

  it('gives the memory of a big module back before it transpiles the component', async () => {
    const others = transpilers();
    const test = new TestEngine();
    const path = join(test.cacheDir, 'big.wasm');
    writeFileSync(path, Buffer.concat([readFileSync(fixture('module-status')), bigCustomSection()]));
    const build = await test.engine.readBuild(path);
    assert.ok(build.ok);
    const own = () => transpilers().filter((pid) => !others.includes(pid));
    const seen = new Set<number>();
    const watch = setInterval(() => {
      for (const pid of own()) seen.add(pid);
    }, 20);
    const instance = await test.engine.startInstance(build.value, bareProfile, new Output().io);
    clearInterval(watch);
    assert.equal(instance.state.type, 'ready');
    // One process adapted the module and ended, another one transpiled the component.
    assert.equal(seen.size, 2);
    assert.equal(own().length, 1);
    assert.ok(await eventually(() => own().length === 0, 5000));
    await test.dispose();
  });

  it('ends as soon as its owner is gone, also in the middle of a job', async () => {
    const transpiler = fork(join(dist, 'transpiler.js'), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    transpiler.stdio[4]?.destroy();
    const [, signal] = (await once(transpiler, 'exit')) as unknown[];
    assert.equal(signal, 'SIGKILL');
  });

  it('is cancelled with the start, leaves nothing half made, and works the next time', async () => {
    const test = new TestEngine();
    const cancel = new AbortController();
    const started = test.start('hello', {}, undefined, {
      signal: cancel.signal,
      progress: () => {
        cancel.abort();
      },
    });
    assert.deepEqual((await started).state, { type: 'stopped', reason: { type: 'user' } });
    await new Promise((wait) => setTimeout(wait, 100));
    assert.deepEqual(readdirSync(test.cacheDir), []);
    assert.equal((await test.start('hello')).state.type, 'ready');
    await test.dispose();
  });

  it('is done again by the next window when a file in the cache is broken', async () => {
    const test = new TestEngine();
    await test.start('hello');
    const [folder = ''] = readdirSync(test.cacheDir);
    truncateSync(join(test.cacheDir, folder, 'glue.js'), 1000);
    const next = new TestEngine({ cacheDir: test.cacheDir });
    assert.equal((await next.start('hello')).state.type, 'ready');
    await next.engine.shutdown();
    await test.dispose();
  });

  it('is done by two windows at once without harm', async () => {
    const test = new TestEngine();
    const other = new TestEngine({ cacheDir: test.cacheDir });
    const states = await Promise.all([test.start('hello'), other.start('hello')]);
    assert.deepEqual(
      states.map(({ state }) => state.type),
      ['ready', 'ready'],
    );
    assert.equal(readdirSync(test.cacheDir).length, 1);
    await other.engine.shutdown();
    await test.dispose();
  });

  it('names an export that jco cannot take, and transpiles other components', async () => {
    const test = new TestEngine();
    const { state } = await test.start('uppercase-export');
    assert.equal(state.type, 'failed');
    assert.match(
      startFailureText(state.failure),
      /cannot take the capital letters in the name of its export HTTP3-status$/,
    );
    assert.equal((await test.start('hello')).state.type, 'ready');
    await test.dispose();
  });

  it('tells in the words of the transpiler what it cannot read', async () => {
    const test = new TestEngine();
    const instance = await test.start('noise-inside').catch((error: unknown) => error);
    assert.ok(instance instanceof Error, 'a broken binary is refused before there is an instance');
    await test.dispose();
  });
});

/** The transpilers that this process has started. */
function transpilers(): readonly number[] {
  return childrenThatRun(process.pid, 'transpiler.js');
}

/** A section without meaning, of 9 MB: its id, the length of the rest, the length of its name, the name. */
function bigCustomSection(): Buffer {
  const name = Buffer.concat([Buffer.of(3), Buffer.from('pad')]);
  const rest = Buffer.concat([name, Buffer.alloc(9 * 1024 * 1024)]);
  const length: number[] = [];
  for (let left = rest.length; left > 0; left >>>= 7) length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
  return Buffer.concat([Buffer.of(0, ...length), rest]);
}
