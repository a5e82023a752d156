import assert from 'node:assert/strict';
import { fixture } from '../fixtures';
import { cli } from './support/cli';

/** Runs the command line and gives what it ended with. */
async function ended(...args: readonly string[]): Promise<readonly [number | null, string, string]> {
  const { status, stdout, stderr } = await cli(args);
  return [status, stdout, stderr];
}

describe('A component whose world and interfaces use WASI types', () => {
  const path = () => fixture('uses-wasi-types');

  it('can be called and run: aliases of WASI types are not missing imports', async () => {
    const calls = ['answer()', 'demo:uses/writing#question()'];
    assert.deepEqual(await ended('call', path(), ...calls), [0, '42\n{number: 41}\n', '']);
    assert.deepEqual(await ended('run', path()), [0, '', '']);
  });

  it('can be probed and inspected', async () => {
    const [, probed] = await ended('check', '--probe', '--json', path());
    const [{ repeat, basis }] = JSON.parse(probed) as [{ repeat: string; basis: string }];
    assert.deepEqual([repeat, basis], ['reruns', 'probe']);
    const [, inspected] = await ended('inspect', '--json', path());
    assert.deepEqual((JSON.parse(inspected) as { imports: unknown }).imports, [
      { name: 'wasi:io/streams@0.2.0', from: 'wasi' },
      { name: 'demo:uses/names@0.1.0', from: 'types' },
      { name: 'output-stream', from: 'types' },
    ]);
  });
});

describe('A component that jco cannot translate', () => {
  for (const [name, words] of [
    ['exceptions', /Core module 0 uses exceptions\. Build it without them/],
    ['two-memories', /Core module 0 has several memories\. Build it with a single memory\./],
    ['exported-type', /It exports the type pair outside of an interface\./],
  ] as const) {
    it(`is named by check and inspect before anything is run: ${name}`, async () => {
      const [status, stdout] = await ended('check', fixture(name));
      assert.equal(status, 0);
      assert.match(stdout, words);
      const [, json] = await ended('check', '--json', fixture(name));
      const [{ evidence }] = JSON.parse(json) as [{ evidence: readonly { type: string; text: string }[] }];
      assert.deepEqual(
        evidence.map(({ type }) => type),
        ['unsupported'],
      );
      const [, inspected] = await ended('inspect', fixture(name));
      assert.match(inspected, /cannot run here: jco, which translates components to JavaScript, cannot/);
      assert.match(inspected, words);
    });
  }
});
