import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder';
import { fixture } from '../../fixtures';
import { cli, startCli, type CliResult } from '../support/cli';
import { onWasmtime } from '../support/wasmtime';

onWasmtime('the command line', (program) => {
  const env = { FRESH_INSTANCE_WASMTIME: program, HOME: process.env.HOME ?? '' };
  const json = join(temporaryFolder(), 'out.json');

  const run = (name: string, ...args: readonly string[]): Promise<CliResult> =>
    cli(['run', fixture(name), '--engine', 'wasmtime', ...args], { env });
  const call = (name: string, ...args: readonly string[]): Promise<CliResult> =>
    cli(['call', fixture(name), '--engine', 'wasmtime', ...args], { env });
  const instances = (): readonly { state: string; engine: { name: string; version: string } }[] =>
    (JSON.parse(readFileSync(json, 'utf8')) as { instances: readonly never[] }).instances;

  for (const [name, args, status, stderr] of [
    ['hello', [], 0, /^$/],
    ['run-error', [], 1, /^$/],
    ['exit3', [], 1, /exit\(3\)\n$/],
    [
      'boom',
      [],
      134,
      /^fresh-instance: boom\.wasm #1 on wasmtime [\d.]+ trapped: wasm `unreachable` .*\n {4}explode at .*boom\.c:5/,
    ],
    ['spin', ['--timeout', '300ms'], 124, /was stopped after 0\.3 s, its time limit\n$/],
    ['grow', ['--max-memory', '4MiB'], 137, /was stopped at its memory limit of 4 MiB\n$/],
    ['http', [], 2, /^fresh-instance: http\.wasm cannot start: it imports wasi:http, with which wasmtime/],
    ['needs-host', [], 2, /nothing here provides it\.\n$/],
    ['hello', ['--dir', '.::/a:ro'], 2, /cannot grant a directory read-only, as \/a is to be/],
    ['hello', ['--same'], 2, /^fresh-instance: --same needs an engine that keeps an instance after a run/],
  ] as const) {
    it(`run ${[name, ...args].join(' ')} ends with ${String(status)}`, async () => {
      const result = await run(name, ...args);
      assert.equal(result.status, status, result.stderr);
      assert.match(result.stderr, stderr);
      assert.deepEqual(result.leftBehind, []);
    });
  }

  it('runs each time in a fresh process with --repeat, and the record says where', async () => {
    const result = await run('counter', '--repeat', '2', '--json', json);
    assert.equal(result.stdout, 'Run 1 on this instance\nRun 1 on this instance\n');
    const [first, second] = instances();
    assert.equal(instances().length, 2);
    for (const instance of [first!, second!]) {
      assert.deepEqual([instance.state, instance.engine.name], ['spent', 'wasmtime']);
      assert.match(instance.engine.version, /^\d+\.\d+\.\d+$/);
    }
  });

  it('gives the guest its arguments and its input', async () => {
    const echo = await cli(['run', fixture('echo'), '--engine', 'wasmtime'], { env, input: 'typed\n' });
    assert.ok(echo.stdout.includes('typed'));
    const variable = await run('getenv', '--env', 'NAME=value', '--', 'NAME');
    assert.ok(variable.stdout.includes('value'));
  });

  it('ends with 130 at Ctrl+C, which the process gets as well', async () => {
    const command = startCli(['run', fixture('spin'), '--engine', 'wasmtime'], { env });
    await command.until('Spinning');
    command.signal('SIGINT', 'group');
    const { status, leftBehind } = await command.result;
    assert.deepEqual([status, leftBehind], [130, []]);
  });

  it('makes one call and prints its result', async () => {
    const made = await call('tools', 'add(1, 2)');
    assert.deepEqual([made.status, made.stdout, made.stderr], [0, '3\n', '']);
    const failed = await call('tools', 'divide(1, 0)');
    assert.deepEqual([failed.status, failed.stdout], [1, 'err("division by zero")\n']);
  });

  it('refuses what needs the instance after a call', async () => {
    const refused = /wasmtime keeps none|wasmtime keeps no instance/;
    for (const args of [
      ['next()', 'next()'],
      ['next()', '--repeat', '2'],
      ['next()', '--compare'],
    ]) {
      const result = await call('tools', ...args);
      assert.equal(result.status, 2);
      assert.match(result.stderr, refused);
      assert.equal(result.stdout, '');
    }
    const handles = await call('tools', 'counter(1)');
    assert.equal(handles.status, 2);
    assert.match(handles.stderr, /has resources, streams or futures/);
  });

  it('says how to get a wasmtime where there is none', async () => {
    const result = await cli(['run', fixture('hello'), '--engine', 'wasmtime'], {
      env: { FRESH_INSTANCE_WASMTIME: '/nowhere/wasmtime' },
    });
    assert.equal(result.status, 2);
    assert.match(result.stderr, /\/nowhere\/wasmtime, which is to be wasmtime, is not there/);
    assert.match(result.stderr, /https:\/\/docs\.wasmtime\.dev\/cli-install\.html/);
  });

  it('knows no other engine', async () => {
    const result = await cli(['run', fixture('hello'), '--engine', 'wasmer']);
    assert.equal(result.status, 2);
    assert.match(result.stderr, /--engine takes .*wasmtime.*, not "?wasmer"?/);
  });
});
