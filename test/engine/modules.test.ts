import { trapText } from '../../src/words/outcome';
import { startFailureText } from '../../src/words/start-failure';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeStop } from '../../src/words/outcome';
import type { Instance } from '../../src/instance/registry';
import { temporaryFolder } from '../support/temporary-folder';
import { startAwkward } from './support/awkward';
import { Output, TestEngine } from './harness';

const thermometer = 'test:fixtures/thermometer';

describe('a module that stands in for an import', () => {
  let test: TestEngine;
  let folder: string;

  before(() => {
    test = new TestEngine();
    folder = temporaryFolder();
  });
  after(async () => {
    await test.dispose();
  });

  async function start(source: string, name = thermometer): Promise<Instance> {
    const path = join(folder, `${String(Math.random()).slice(2)}.mjs`);
    writeFileSync(path, source);
    return test.start('weather', { modules: [{ interface: name, path }] }, new Output());
  }

  async function outcome(instance: Instance): Promise<string> {
    assert.equal(instance.state.type, 'ready');
    const made = await (await test.session(instance)).call('warmth("roof")');
    assert.ok(made.ok);
    const ended = made.value.call.ended?.outcome;
    return made.value.result ?? (ended?.type === 'trapped' ? trapText(ended.trap) : String(ended?.type));
  }

  it('is called by the guest', async () => {
    const instance = await start('export function read(place) { return place === "roof" ? 21.5 : 0; }');
    assert.equal(await outcome(instance), 'ok(21.5)');
  });

  it('gives the guest an error by throwing what is not an Error', async () => {
    assert.equal(await outcome(await start('export function read() { throw "frozen"; }')), 'err("frozen")');
  });

  it('is named where it fails, so that the fault is not looked for in the guest', async () => {
    const instance = await start('export function read() { null.x; }');
    assert.match(
      await outcome(instance),
      /^the module for test:fixtures\/thermometer failed in read: TypeError: Cannot read properties of null/,
    );
    assert.equal(test.now(instance).state.type, 'trapped');
  });

  it('stands for a function or a resource of the world with its default export, and for one version of an interface', async () => {
    const instance = await startAwkward(test);
    const session = await test.session(instance);
    const results: (string | null)[] = [];
    for (const text of ['host-function(4)', 'host-token(5)', 'host-versions()']) {
      const made = await session.call(text);
      assert.ok(made.ok);
      results.push(made.value.result);
    }
    assert.deepEqual(results, ['5', '15', '11022']);
  });

  for (const [source, why] of [
    ['export function read() { return "warm"; }', 'it returned "warm", which is not of the type f32'],
    ['export function read() {}', 'it returned undefined, which is not of the type f32'],
    ['export async function read() { return 21.5; }', 'it returned a promise, but read is not async'],
    ['export function read() { throw 5; }', 'it threw 5, which is not of the type string'],
  ] as const) {
    it(`is blamed for what it gives in place of its type: ${source}`, async () => {
      const message = `the module for test:fixtures/thermometer failed in read: ${why}`;
      assert.equal(await outcome(await start(source)), message);
    });
  }

  it('keeps the instance from starting if its function is none, or if it waits for ever', async () => {
    assert.match(
      stateMessage(await start('export class read {}')),
      /exports read, which has to be a function for test:fixtures\/thermometer, and is a class$/,
    );
    assert.match(
      stateMessage(await start('await new Promise(() => {});')),
      /cannot be loaded: it waits for something that never comes$/,
    );
  });

  it('is named where it ends the process, with what it did', async () => {
    const name = `the module for ${thermometer}`;
    const calling = async (source: string) => {
      const instance = await start(source);
      assert.equal(await outcome(instance), 'stopped');
      const { state } = test.now(instance);
      return state.type === 'stopped' ? describeStop(state.reason) : state.type;
    };
    assert.equal(
      await calling('export function read() { process.exit(3); }'),
      `its runner ended: ${name} called process.exit(3)`,
    );
    assert.equal(
      await calling('import { exit } from "node:process"; export function read() { exit(); }'),
      `its runner ended: ${name} called process.exit(0)`,
    );
    assert.equal(stateMessage(await start('process.exit(4);')), `${name} called process.exit(4)`);
    assert.equal(
      stateMessage(await start('setImmediate(() => null.x); await new Promise(() => {});')),
      `${name} failed outside of a call: TypeError: Cannot read properties of null (reading 'x')`,
    );
  });

  it('keeps the instance from starting if it cannot be loaded or lacks a function', async () => {
    const broken = await start('export function read( {');
    assert.match(
      stateMessage(broken),
      /^the module for test:fixtures\/thermometer cannot be loaded: SyntaxError/,
    );
    const lacking = await start('export function other() {}');
    assert.match(stateMessage(lacking), /exports no read, which test:fixtures\/thermometer has$/);
  });

  it('is told without the path of the module where it imports what is not there', async () => {
    assert.match(
      stateMessage(await start("import './missing.mjs';\nexport function read() {}")),
      /cannot be loaded: Error: Cannot find module '[^']+missing\.mjs'$/,
    );
  });

  it('is missed where it is for another interface', async () => {
    const instance = await start('export function read() {}', 'test:fixtures/barometer');
    assert.match(stateMessage(instance), /^it imports test:fixtures\/thermometer, which is not part of WASI/);
  });
});

function stateMessage({ state }: Instance): string {
  assert.equal(state.type, 'failed');
  return startFailureText(state.failure);
}
