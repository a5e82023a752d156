import assert from 'node:assert/strict';
import { attachConfiguration } from '../../../src/editor/debug/attach-configuration';
import { launchErrorText, readLaunch } from '../../../src/editor/debug/launch-configuration';
import { noSourcesText } from '../../../src/words/debug';

const folder = '/code/project';

describe('a launch configuration', () => {
  it('needs only the component and grants nothing by default', () => {
    assert.deepEqual(read({ component: 'hello.wasm' }), {
      component: '/code/project/hello.wasm',
      grants: {},
      instance: 'fresh',
      stopOnEntry: false,
      stopOnTrap: true,
      sourceMap: {},
    });
  });

  it('takes arguments as a list or as one line', () => {
    assert.deepEqual(read({ args: ['a', 'b c'] }).grants.args, ['a', 'b c']);
    assert.deepEqual(read({ args: 'a "b c"' }).grants.args, ['a', 'b c']);
  });

  it('takes directories as the command line does, relative to the folder', () => {
    assert.deepEqual(read({ dirs: ['data::/data', '/tmp::/tmp:ro'] }).grants.dirs, [
      { host: '/code/project/data', guest: '/data', readOnly: false },
      { host: '/tmp', guest: '/tmp', readOnly: true },
    ]);
  });

  it('takes stdin from a terminal, from nothing or from a file', () => {
    assert.deepEqual(read({ stdin: 'empty' }).grants.stdin, { type: 'empty' });
    assert.deepEqual(read({ stdin: 'input.txt' }).grants.stdin, {
      type: 'file',
      path: '/code/project/input.txt',
    });
  });

  it('takes limits with units, and numbers and booleans in the environment', () => {
    const grants = read({ timeout: '1.5s', maxMemory: '64MiB', env: { LEVEL: 3, QUIET: true } }).grants;
    assert.equal(grants.timeoutMs, 1500);
    assert.equal(grants.maxMemoryBytes, 67_108_864);
    assert.deepEqual(grants.env, { LEVEL: '3', QUIET: 'true' });
  });

  it('takes the export with or without the name of its function', () => {
    assert.equal(read({ export: 'wasi:cli/run@0.2.3#run' }).export, 'wasi:cli/run@0.2.3');
  });

  const wrong: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ component: '' }, '"component" in the launch configuration takes the path of a .wasm file, not "".'],
    [
      { timeout: 'soon' },
      '"timeout" in the launch configuration takes a time such as 5s or 500ms, not "soon".',
    ],
    [{ maxMemory: 64 }, '"maxMemory" in the launch configuration takes a size of at least 64KiB, not 64.'],
    [{ instance: 'old' }, '"instance" in the launch configuration takes "fresh" or "current", not "old".'],
    [
      { dirs: ['data'] },
      '"dirs" in the launch configuration takes directories such as {"host": "data", "guest": "/data"} or "data::/data:ro", not "data".',
    ],
    [{ args: 'a "b' }, '"args" in the launch configuration: the " at column 3 is not closed.'],
    [{ stopOnTrap: 'yes' }, '"stopOnTrap" in the launch configuration takes true or false, not "yes".'],
    [
      { env: { A: {} } },
      '"env" in the launch configuration takes texts, numbers or booleans by name, not {"A":{}}.',
    ],
  ];
  for (const [attributes, message] of wrong) {
    it(`says what is wrong with ${JSON.stringify(attributes)}`, () => {
      const result = readLaunch({ component: 'hello.wasm', ...attributes }, folder);
      assert.equal(result.ok ? '' : launchErrorText(result.error), message);
    });
  }
});

describe('the configuration for js-debug', () => {
  it('maps absolute and relative paths of another machine', () => {
    const { sourceMapPathOverrides } = attachConfiguration({
      name: 'hello.wasm',
      url: 'ws://127.0.0.1:1/x',
      sourceRoot: '/code/project',
      sourceMap: { '/build/src/': '/here/src', 'C:/build': '/here', lib: '/here/lib/*' },
    });
    assert.deepEqual(sourceMapPathOverrides, {
      'file:///build/src/*': '/here/src/*',
      'file:///C:/build/*': '/here/*',
      'wasm://wasm/lib/*': '/here/lib/*',
    });
  });

  it('skips the glue and the runner, and never the text of modules', () => {
    const { skipFiles } = attachConfiguration({
      name: '',
      url: '',
      sourceRoot: '',
      sourceMap: {},
    });
    assert.ok(skipFiles.includes('**/component.js'));
    assert.ok(!skipFiles.some((glob) => glob.includes('wat') || glob.startsWith('wasm')));
  });
});

describe('what is missing for breakpoints in sources', () => {
  it('is named with what helps', () => {
    assert.match(noSourcesText('a.wasm', false), /^a\.wasm has no debug information \(DWARF\).*-g/);
    assert.match(noSourcesText('a.wasm', true), /WebAssembly DWARF Debugging\) is not installed/);
  });
});

function read(attributes: Record<string, unknown>) {
  const result = readLaunch({ component: 'hello.wasm', ...attributes }, folder);
  assert.ok(result.ok);
  return result.value;
}
