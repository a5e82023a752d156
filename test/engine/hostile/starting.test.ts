import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fixture } from '../../fixtures';
import { cli, run } from '../support/cli';
import { Arena, stateOf } from './arena';

describe('a component that cannot start', () => {
  const arena = new Arena();
  before(() => arena.open());
  afterEach(() => arena.close());
  after(() => arena.dispose());

  it('traps in its start function: trapped, with status 134', async () => {
    const instance = await arena.start('start-trap');
    assert.equal(stateOf(instance), 'trapped: wasm `unreachable` instruction executed');
    const command = await run('start-trap');
    assert.equal(command.status, 134);
    assert.match(command.stderr, /start-trap\.wasm #1 trapped while it was starting: .*unreachable/);
    assert.deepEqual(command.leftBehind, []);
  });

  it('wants imports that are missing: failed, with status 2', async () => {
    const instance = await arena.start('needs-host');
    assert.match(
      stateOf(instance),
      /^failed: it imports samples:workshop\/thermometer.*, which is not part of WASI/,
    );
    const command = await run('needs-host');
    assert.equal(command.status, 2);
    assert.match(command.stderr, /needs-host\.wasm cannot start: it imports samples:workshop\/thermometer/);
    assert.deepEqual(command.leftBehind, []);
  });

  it('has a name that would be JavaScript in the glue: failed, and nothing of it is run', async () => {
    const instance = await arena.start('code-name');
    assert.match(
      stateOf(instance),
      /^failed: it has a name that no toolchain makes, and that could be code: /,
    );
    const command = await run('code-name');
    assert.equal(command.status, 2);
    assert.deepEqual(command.leftBehind, []);
  });

  const unreadable = [
    ['module-threads', 'module-threads.wasm is a core module that cannot be made into a component: '],
    ['empty', 'empty.wasm is empty.'],
    ['truncated', 'truncated.wasm is not a whole component: '],
    ['noise', 'noise.wasm is not a WebAssembly file.'],
    ['text', 'text.wasm is not a WebAssembly file.'],
    ['noise-inside', 'noise-inside.wasm is not a whole component: '],
  ] as const;
  for (const [name, message] of unreadable) {
    it(`is ${name}.wasm: no instance, status 2, and a sentence that says so`, async () => {
      assert.equal((await arena.test.engine.readBuild(fixture(name))).ok, false);
      const command = await run(name);
      assert.equal(command.status, 2);
      assert.ok(command.stderr.startsWith(`fresh-instance: ${message}`), command.stderr);
      assert.equal(command.stdout, '');
    });
  }

  it('is not there, or a directory: status 2', async () => {
    const missing = await cli(['run', 'no/such.wasm']);
    assert.equal(missing.status, 2);
    assert.match(
      missing.stderr,
      /^fresh-instance: There is no .*no\/such\.wasm\. Build it, or check the path\.\n$/,
    );
    const folder = await cli(['run', '.']);
    assert.equal(folder.status, 2);
    assert.match(folder.stderr, /is a directory/);
  });

  if (existsSync('/dev/zero')) {
    it('is a device that never ends: status 2', async () => {
      const command = await cli(['run', '/dev/zero']);
      assert.equal(command.status, 2);
      assert.equal(command.stderr, 'fresh-instance: zero is a device, not a file. Choose a .wasm file.\n');
    });
  }

  it('exports no run: status 2, and names the command that helps', async () => {
    const command = await run('greeter');
    assert.equal(command.status, 2);
    assert.match(
      command.stderr,
      /greeter\.wasm does not export wasi:cli\/run, so there is nothing to run\. .*"call"/,
    );
  });

  if (!('Suspending' in WebAssembly)) {
    it('is asynchronous and this Node has no JSPI: failed, with the Node that has it', async () => {
      const message =
        /it is made for WASI 0\.3, whose asynchronous functions need JavaScript Promise Integration; Node 20[.\d]+ does not have it, Node 24 does/;
      const instance = await arena.start('async-ok');
      assert.match(stateOf(instance), message);
      const command = await run('async-ok');
      assert.equal(command.status, 2);
      assert.match(command.stderr, message);
    });
  }
});
