import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { parseRunOptions } from '../../../src/cli/run-options';
import { UsageError } from '../../../src/cli/usage';

describe('the options of run', () => {
  it('grant nothing by default', () => {
    assert.deepEqual(parseRunOptions(['hello.wasm']), {
      file: 'hello.wasm',
      repeat: 1,
      same: false,
      json: undefined,
      isBoth: false,
      profile: { args: [], env: {}, dirs: [], network: false, stdin: { type: 'terminal' } },
    });
  });

  it('take everything in the contract', () => {
    const options = parseRunOptions([
      ...[
        'hello.wasm',
        '--repeat',
        '3',
        '--same',
        '--env',
        'A=1',
        '--env',
        'B=x=y',
        '--dir',
        '/host::/guest',
      ],
      ...[
        '--dir',
        'here::/there:ro',
        '--net',
        '--timeout',
        '1.5s',
        '--max-memory',
        '64MiB',
        '--json',
        'out.json',
      ],
      ...['--', 'first', '--second', '--'],
    ]);
    assert.deepEqual(options, {
      file: 'hello.wasm',
      repeat: 3,
      same: true,
      json: 'out.json',
      isBoth: false,
      profile: {
        args: ['first', '--second', '--'],
        env: { A: '1', B: 'x=y' },
        dirs: [
          { host: '/host', guest: '/guest', readOnly: false },
          { host: resolve('here'), guest: '/there', readOnly: true },
        ],
        network: true,
        stdin: { type: 'terminal' },
        timeoutMs: 1500,
        maxMemoryBytes: 64 * 1024 * 1024,
      },
    });
  });

  it('compare both engines with --engine both', () => {
    const { isBoth, profile } = parseRunOptions(['hello.wasm', '--engine', 'both']);
    assert.deepEqual([isBoth, profile.engine], [true, undefined]);
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /needs the component/],
    [['a.wasm', 'b.wasm'], /after "--": -- b\.wasm/],
    [['a.wasm', '--repeat', '0'], /--repeat takes a number of times, not "0"/],
    [['a.wasm', '--repeat', 'two'], /--repeat takes a number of times/],
    [['a.wasm', '--env', '=x'], /--env takes NAME=VALUE/],
    [['a.wasm', '--dir', '/host'], /--dir takes HOST::GUEST/],
    [['a.wasm', '--timeout', 'soon'], /--timeout takes a time such as 5s/],
    [['a.wasm', '--timeout', '0'], /--timeout takes a time above 0/],
    [['a.wasm', '--timeout', '597h'], /--timeout takes a time .* up to 596 hours/],
    [['a.wasm', '--max-memory', '1KiB'], /at least 64KiB/],
    [['a.wasm', '--engine', 'all'], /--engine takes jco, wasmtime or both, not "all"/],
    [['a.wasm', '--engine', 'both', '--repeat', '2'], /--engine both compares the engines on one run/],
    [['a.wasm', '--fast'], /--fast/],
  ];
  for (const [args, message] of wrong) {
    it(`refuse ${args.join(' ') || 'no arguments'}`, () => {
      assert.throws(
        () => parseRunOptions(args),
        (error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }
});
