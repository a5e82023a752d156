import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';
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

describe('Names and versions on the command line', () => {
  it('call finds an interface by a shortened or compatible version, and names what there is', async () => {
    const path = fixture('uses-wasi-types');
    for (const version of ['@0.1', '@0.1.9', ''])
      assert.deepEqual(await ended('call', path, `writing${version}#question()`), [0, '{number: 41}\n', '']);
    const [status, , wrong] = await ended('call', path, 'answr()');
    assert.equal(status, 2);
    assert.match(wrong, /called `answr`\. Did you mean `answer`\? There are: `touch`, `answer`, /);
  });

  it('--import stands in for a compatible version, and is refused with the likely name if nothing imports it', async () => {
    const path = join(temporaryFolder(), 'thermometer.mjs');
    writeFileSync(path, 'export function readCelsius() { return 21; }');
    const run = async (name: string) =>
      await ended('run', fixture('needs-host'), '--import', `${name}=${path}`);
    assert.equal((await run('samples:workshop/thermometer'))[0], 0);
    const [status, , message] = await run('samples:workshop/thermometr');
    assert.equal(status, 2);
    assert.match(
      message,
      /does not import samples:workshop\/thermometr\. Did you mean samples:workshop\/thermometer\?/,
    );
    const probed = async (name: string, ...files: string[]) =>
      await ended('check', '--probe', ...files.map(fixture), '--import', `${name}=${path}`);
    const [probeStatus, , probeMessage] = await probed('samples:workshop/thermometr', 'needs-host');
    assert.equal(probeStatus, 2);
    assert.match(probeMessage, /does not import samples:workshop\/thermometr\./);
    const [, both] = await probed('samples:workshop/thermometer', 'needs-host', 'counter');
    assert.match(both, /needs-host\.wasm: [^]*call 1 returned ok[^]*counter\.wasm: [^]*call 1 returned ok/);
  });
});

describe('A function with a name that jco needs for itself', () => {
  it('can be called like any other', async () => {
    const calls = ['arguments()', 'fine()'];
    assert.deepEqual(await ended('call', fixture('reserved-name'), ...calls), [0, '1\n2\n', '']);
  });
});

describe('A file that is no program', () => {
  const kindOf = async (path: string) => {
    const [status, json] = await ended('check', '--json', path);
    const [{ kind, repeat }] = JSON.parse(json) as [{ kind: string; repeat: string }];
    return [status, kind, repeat];
  };

  it('may be a WIT package, whose WIT inspect prints', async () => {
    assert.deepEqual(await kindOf(fixture('wit-package')), [0, 'wit', 'no-run']);
    const [status, wit] = await ended('inspect', '--wit', fixture('wit-package'));
    assert.equal(status, 0);
    assert.match(
      wit,
      /^package demo:pkg@0\.1\.0;[^]*interface sums \{\n {2}add: func\(a: u32, b: u32\) -> u32;/,
    );
    const [run, , why] = await ended('run', fixture('wit-package'));
    assert.equal(run, 2);
    assert.match(why, /is a WIT package, not a program\./);
  });

  it('may be an HTTP handler', async () => {
    const [status, , why] = await ended('run', fixture('http-handler'));
    assert.equal(status, 2);
    assert.match(why, /is an HTTP handler, not a command: it exports wasi:http\/incoming-handler@0\.2\.0\./);
  });

  it('may be damaged: inspect says what check says, on the same stream, with exit status 2', async () => {
    const path = fixture('truncated');
    const [checkStatus, checked, checkErrors] = await ended('check', path);
    const [inspectStatus, inspected, inspectErrors] = await ended('inspect', path);
    assert.deepEqual([checkStatus, checkErrors], [2, '']);
    assert.deepEqual([inspectStatus, inspectErrors], [2, '']);
    // Between the same first and last line, inspect says where the damage is.
    const lines = inspected.split('\n');
    assert.deepEqual([lines[0], ...lines.slice(-2)], checked.split('\n'));
    const [status, json] = await ended('inspect', '--json', path);
    const { kind, reason } = JSON.parse(json) as { kind: string; reason: string };
    assert.deepEqual(
      [status, kind, reason],
      [2, 'invalid', 'not a whole component: truncated at byte 4,000'],
    );
  });

  it('may have component values, which check and inspect say are not read yet, with exit status 2', async () => {
    const path = join(temporaryFolder(), 'values.wasm');
    // (component (import "v" (value string)))
    const preamble = [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0];
    writeFileSync(path, Buffer.from([...preamble, 10, 7, 1, 0, 1, 0x76, 2, 1, 0x73]));
    const words = [
      `${path}: uses component values, which are not read yet`,
      '    Build it without them: jco cannot translate them either.\n',
    ].join('\n');
    assert.deepEqual(await ended('check', path), [2, words, '']);
    assert.deepEqual(await ended('inspect', path), [2, words, '']);
    const fields = { kind: 'component', reason: 'uses component values, which are not read yet' };
    const [checkStatus, checked] = await ended('check', '--json', path);
    const [{ kind, reason }] = JSON.parse(checked) as [typeof fields];
    assert.deepEqual([checkStatus, { kind, reason }], [2, fields]);
    const [inspectStatus, inspected] = await ended('inspect', '--json', path);
    const found = JSON.parse(inspected) as typeof fields & { problem: string };
    assert.deepEqual(
      [inspectStatus, { kind: found.kind, problem: found.problem, reason: found.reason }],
      [2, { ...fields, problem: 'not-read-yet' }],
    );
  });

  it('may be made for an early draft of WASI', async () => {
    const [status, , why] = await ended('call', fixture('unversioned-wasi'), 'f()');
    assert.equal(status, 2);
    assert.match(
      why,
      /imports wasi:cli\/exit, which is of an older draft of WASI, without a version; build it with a current/,
    );
  });

  it('may use what jco cannot translate, which a call says as well', async () => {
    const [status, , why] = await ended('call', fixture('exceptions'), 'f()');
    assert.equal(status, 2);
    assert.match(why, /cannot translate this: exceptions in core module 0\.[^]*Build it without them/);
  });

  it('may have several versions of run: a pipe of stderr gets only what the guest writes', async () => {
    const [status, , stderr] = await ended('run', fixture('two-runs'));
    assert.deepEqual([status, stderr], [0, '']);
  });

  it('may have several memories in a core module', async () => {
    assert.deepEqual(await ended('call', fixture('two-memories'), 'f()'), [0, '5\n', '']);
  });
});
