// A program that holds an engine as the editor does and runs the fixtures that it is told. A test starts it and kills it.
import { fixture } from '../../fixtures';
import { Output, TestEngine } from '../harness';
import { artifactsFolder } from './artifacts';

const test = new TestEngine({
  cacheDir: artifactsFolder,
  keepBareRunner: true,
  standby: { max: 2, maxMemoryBytes: 64 * 1024 * 1024, idleMs: 60_000 },
});

async function main(): Promise<void> {
  // Leaves a standby, a runner that waits for its next instance, and a bare one.
  await test.run(await test.start('counter', { stdin: { type: 'terminal' } }));
  const pids: (number | undefined)[] = [];
  for (const name of process.argv.slice(2)) {
    const output = new Output();
    const instance = await test.start(name, { stdin: { type: 'terminal' } }, output);
    pids.push(test.engine.pidOf(instance.id));
    void test.run(instance);
    if (fixture(name).endsWith('flood.wasm')) await output.until('0123');
  }
  await new Promise((wait) => setTimeout(wait, 500));
  process.stdout.write(`${JSON.stringify(pids)}\n`);
}

void main();
