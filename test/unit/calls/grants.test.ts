import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, posix, win32, type PlatformPath } from 'node:path';
import fc from 'fast-check';
import type { Result } from '../../../src/base/result';
import {
  formatDuration,
  formatSize,
  parseDirectory,
  parseDuration,
  parseSize,
  type GrantError,
  type Grants,
} from '../../../src/calls/grants';
import { parseProfile, profileOptions } from '../../../src/cli/profile-options';
import { readArguments } from '../../../src/cli/read-arguments';
import { isUsageError } from '../../../src/cli/usage';
import { readLaunch } from '../../../src/editor/debug/launch-configuration';
import {
  memoryLimitText,
  timeLimitText,
  withCommandLine,
  withDirectory,
  withMemoryLimit,
  withTimeLimit,
} from '../../../src/editor/run/grant-answers';
import { modulesInSetting } from '../../../src/editor/settings/import-setting';
import { profileInSetting } from '../../../src/editor/settings/profile-setting';
import { bareProfile, type Profile } from '../../../src/instance/profile';
import { grantErrorText } from '../../../src/words/grants';

/** One piece of a grant in the syntax of each adapter that has the piece, and what all of them must make of it. */
interface Row {
  readonly title: string;
  /** The properties in settings and in a launch configuration. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** The options on the command line. */
  readonly flags?: readonly string[];
  /** The answer in a picker. */
  readonly answer?: (profile: Profile) => Result<Profile, GrantError>;
  readonly platform?: PlatformPath;
  readonly folder?: string;
  /** The grants, or the error without the value, which each syntax writes in its own way. */
  readonly expected: Grants | Pick<GrantError, 'piece' | 'problem'>;
}

const dir = (host: string, guest: string, readOnly: boolean): Grants => ({
  dirs: [{ host, guest, readOnly }],
});

const table: readonly Row[] = [
  {
    title: 'arguments in a list',
    json: { args: ['one', 'two words'] },
    answer: (profile) => withCommandLine(profile, 'one "two words"'),
    expected: { args: ['one', 'two words'] },
  },
  {
    title: 'arguments in one line',
    json: { args: 'one "two words"' },
    answer: (profile) => withCommandLine(profile, 'one "two words"'),
    expected: { args: ['one', 'two words'] },
  },
  {
    title: 'an argument that looks like a variable',
    json: { args: 'A=1 x' },
    answer: (profile) => withCommandLine(profile, '-- A=1 x'),
    expected: { args: ['A=1', 'x'] },
  },
  {
    title: 'an unclosed quote',
    json: { args: 'a "b' },
    answer: (profile) => withCommandLine(profile, 'a "b'),
    expected: { piece: 'args', problem: 'quote' },
  },
  { title: 'arguments that are no texts', json: { args: [1] }, expected: { piece: 'args', problem: 'form' } },
  {
    title: 'an environment',
    json: { env: { A: '1', B: 'x=y' } },
    flags: ['--env', 'A=1', '--env', 'B=x=y'],
    answer: (profile) => withCommandLine(profile, 'A=1 B=x=y'),
    expected: { env: { A: '1', B: 'x=y' } },
  },
  {
    title: 'a number as a variable',
    json: { env: { A: 1 } },
    flags: ['--env', 'A=1'],
    expected: { env: { A: '1' } },
  },
  {
    title: 'a variable without a name',
    json: { env: { '': 'x' } },
    flags: ['--env', '=x'],
    expected: { piece: 'env', problem: 'form' },
  },
  {
    title: 'an object without readOnly, which is read-only',
    json: { dirs: [{ host: 'data', guest: '/data' }] },
    flags: ['--dir', 'data::/data:ro'],
    answer: (profile) => withDirectory(profile, '/project/data', '/data', true),
    expected: dir('/project/data', '/data', true),
  },
  {
    title: 'an object with readOnly false',
    json: { dirs: [{ host: '/data', guest: '/data', readOnly: false }] },
    flags: ['--dir', '/data::/data'],
    answer: (profile) => withDirectory(profile, '/data', '/data', false),
    expected: dir('/data', '/data', false),
  },
  {
    title: 'HOST::GUEST, which is read-write',
    json: { dirs: ['data::/data'] },
    flags: ['--dir', 'data::/data'],
    expected: dir('/project/data', '/data', false),
  },
  {
    title: 'HOST::GUEST:ro, which is read-only',
    json: { dirs: ['data::/data:ro'] },
    flags: ['--dir', 'data::/data:ro'],
    expected: dir('/project/data', '/data', true),
  },
  {
    title: 'a drive letter before the colons',
    json: { dirs: ['C:\\x::/data:ro'] },
    flags: ['--dir', 'C:\\x::/data:ro'],
    platform: win32,
    folder: 'C:\\project',
    expected: dir('C:\\x', '/data', true),
  },
  {
    title: 'a relative guest path, as in wasmtime',
    json: { dirs: [{ host: '.', guest: '.', readOnly: false }] },
    flags: ['--dir', '.::.'],
    answer: (profile) => withDirectory(profile, '/project', '.', false),
    expected: dir('/project', '.', false),
  },
  {
    title: 'a directory without a guest path',
    json: { dirs: [{ host: 'data', guest: '' }] },
    flags: ['--dir', 'data::'],
    answer: (profile) => withDirectory(profile, '/data', '', true),
    expected: { piece: 'dirs', problem: 'form' },
  },
  ...['data', '::/data', 'data:::ro', 'a::b::c', 'a:::b', 'data:::/data'].map((text): Row => ({
    title: `the directory ${text}`,
    json: { dirs: [text] },
    flags: [`--dir=${text}`],
    expected: { piece: 'dirs', problem: 'form' },
  })),
  {
    title: 'a readOnly that is no boolean',
    json: { dirs: [{ host: 'data', guest: '/data', readOnly: 'no' }] },
    expected: { piece: 'dirs', problem: 'form' },
  },
  { title: 'the network', json: { network: true }, flags: ['--net'], expected: { network: true } },
  {
    title: 'a network that is no boolean',
    json: { network: 'yes' },
    expected: { piece: 'network', problem: 'form' },
  },
  {
    title: 'a module for an import',
    json: { imports: { 'a:b/c@1.0.0': 'c.mjs' } },
    flags: ['--import', 'a:b/c@1.0.0=c.mjs'],
    expected: { modules: [{ interface: 'a:b/c@1.0.0', path: '/project/c.mjs' }] },
  },
  {
    title: 'an import without a module',
    json: { imports: { 'a:b/c': '' } },
    flags: ['--import', 'a:b/c='],
    expected: { piece: 'imports', problem: 'form' },
  },
  ...(
    [
      ['5s', 5000],
      ['200ms', 200],
      ['1.5m', 90_000],
      ['1h', 3_600_000],
      ['2 s', 2000],
      ['5', 5000],
      [5, 5000],
      [0.25, 250],
    ] as const
  ).map(([value, timeoutMs]): Row => ({
    title: `the time limit ${JSON.stringify(value)}`,
    json: { timeout: value },
    flags: ['--timeout', String(value)],
    answer: (profile) => withTimeLimit(profile, String(value)),
    expected: { timeoutMs },
  })),
  ...(
    [
      ['soon', 'form'],
      ['5 days', 'form'],
      ['0', 'range'],
      [0, 'range'],
      ['-1', 'range'],
      ['597h', 'range'],
    ] as const
  ).map(([value, problem]): Row => ({
    title: `the time limit ${JSON.stringify(value)}`,
    json: { timeout: value },
    flags: [`--timeout=${String(value)}`],
    answer: (profile) => withTimeLimit(profile, String(value)),
    expected: { piece: 'timeout', problem },
  })),
  ...(
    [
      ['64MiB', 67_108_864],
      ['64 MiB', 67_108_864],
      ['1.5GiB', 1_610_612_736],
      ['100KB', 100_000],
      ['65536', 65_536],
      [65_536, 65_536],
      ['65536B', 65_536],
    ] as const
  ).map(([value, maxMemoryBytes]): Row => ({
    title: `the memory limit ${JSON.stringify(value)}`,
    json: { maxMemory: value },
    flags: ['--max-memory', String(value)],
    answer: (profile) => withMemoryLimit(profile, String(value)),
    expected: { maxMemoryBytes },
  })),
  ...(
    [
      ['large', 'form'],
      ['64M', 'form'],
      ['1KiB', 'range'],
      [64, 'range'],
      ['0', 'range'],
    ] as const
  ).map(([value, problem]): Row => ({
    title: `the memory limit ${JSON.stringify(value)}`,
    json: { maxMemory: value },
    flags: ['--max-memory', String(value)],
    answer: (profile) => withMemoryLimit(profile, String(value)),
    expected: { piece: 'maxMemory', problem },
  })),
  { title: 'the engine', json: { engine: 'wasmtime' }, expected: { engine: 'wasmtime' } },
  { title: 'another engine', json: { engine: 'wasmer' }, expected: { piece: 'engine', problem: 'form' } },
  { title: 'stdin from nothing', json: { stdin: 'empty' }, expected: { stdin: { type: 'empty' } } },
  {
    title: 'stdin from a file',
    json: { stdin: 'in.txt' },
    expected: { stdin: { type: 'file', path: '/project/in.txt' } },
  },
  { title: 'stdin that is no text', json: { stdin: 1 }, expected: { piece: 'stdin', problem: 'form' } },
];

describe('the grammar of grants', () => {
  for (const row of table) {
    const { title, platform = posix, folder = '/project', json, flags, answer, expected } = row;
    if (json !== undefined) {
      it(`reads ${title} in the settings`, () => {
        assert.deepEqual(ofSettings(json, folder, platform), expected);
      });
      it(`reads ${title} in a launch configuration`, () => {
        assert.deepEqual(ofLaunch(json, folder, platform), expected);
      });
    }
    if (flags !== undefined) {
      it(`reads ${title} on the command line`, () => {
        assert.deepEqual(ofFlags(flags, folder, platform), expected);
      });
    }
    if (answer !== undefined) {
      it(`reads ${title} in a picker`, () => {
        const made = answer(bareProfile);
        assert.deepEqual(made.ok ? changed(made.value) : code(made.error), expected);
      });
    }
  }

  it('says in each syntax what belongs there', () => {
    const error: GrantError = { piece: 'dirs', problem: 'form', value: 'C:\\x' };
    assert.equal(
      grantErrorText(error, 'flag'),
      '--dir takes HOST::GUEST or HOST::GUEST:ro, with two colons between, not "C:\\x".',
    );
    assert.equal(
      grantErrorText(error, 'profiles'),
      '"dirs" in freshInstance.profiles takes directories such as {"host": "data", "guest": "/data"} or "data::/data:ro", not "C:\\x".',
    );
    assert.equal(
      grantErrorText({ piece: 'idle', problem: 'form', value: 'soon' }, 'flag'),
      '--idle takes a time such as 5s or 500ms, not "soon".',
    );
  });

  it('reads the durations and sizes that it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (ms) => {
        assert.deepEqual(parseDuration('idle', formatDuration(ms)), { ok: true, value: ms });
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 65_536, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
        assert.deepEqual(parseSize(formatSize(bytes)), { ok: true, value: bytes });
      }),
    );
  });

  it('shows limits in a picker as they can be typed, and takes them away for an empty answer', () => {
    const limited = { ...bareProfile, timeoutMs: 1500, maxMemoryBytes: 2 ** 26 };
    assert.deepEqual([timeLimitText(limited), memoryLimitText(limited)], ['1.5s', '64MiB']);
    assert.deepEqual([timeLimitText(bareProfile), memoryLimitText(bareProfile)], ['', '']);
    const timed = withTimeLimit(limited, ' ');
    assert.ok(timed.ok);
    assert.deepEqual(withMemoryLimit(timed.value, ''), { ok: true, value: bareProfile });
  });

  it('has patterns in the schema of the settings that take the same texts', () => {
    const { timeout, maxMemory, dirs } = profileSchema();
    for (const { json = {}, expected } of table) {
      const isForm = 'problem' in expected && expected.problem === 'form';
      const [text] = Array.isArray(json.dirs) ? (json.dirs as unknown[]) : [];
      const pairs = [
        [timeout.pattern, json.timeout],
        [maxMemory.pattern, json.maxMemory],
        [dirs.items.anyOf[1].pattern, text],
      ] as const;
      for (const [pattern, value] of pairs) {
        // The schema leaves the ranges to the grammar.
        if (typeof value !== 'string' || value.startsWith('-')) continue;
        assert.equal(new RegExp(pattern).test(value), !isForm, value);
      }
    }
  });
});

function ofSettings(json: Readonly<Record<string, unknown>>, folder: string, platform: PlatformPath) {
  const component = platform.join(folder, 'a.wasm');
  const { imports, ...profile } = json;
  const own = profileInSetting({ 'a.wasm': profile }, component, folder, platform);
  const setting = imports === undefined ? {} : { 'a.wasm': imports };
  const { modules, errors } = modulesInSetting(setting, component, folder, platform);
  const [error] = [...own.errors, ...errors];
  if (error !== undefined) return code(error);
  return modules.length === 0 ? own.grants : { ...own.grants, modules };
}

function ofLaunch(json: Readonly<Record<string, unknown>>, folder: string, platform: PlatformPath) {
  const launch = readLaunch({ component: 'a.wasm', ...json }, folder, platform);
  if (launch.ok) return launch.value.grants;
  assert.ok('grant' in launch.error);
  return code(launch.error.grant);
}

/** The command line puts its errors into words at once; their cause is the typed error. */
function ofFlags(flags: readonly string[], folder: string, platform: PlatformPath) {
  const inFolder = { ...platform, resolve: (path: string) => platform.resolve(folder, path) };
  try {
    const { values } = readArguments(flags, profileOptions);
    return changed(parseProfile(values, { args: [], stdin: { type: 'terminal' } }, inFolder));
  } catch (error) {
    assert.ok(isUsageError(error) && isGrantError(error.cause));
    assert.equal(error.message, grantErrorText(error.cause, 'flag'));
    return code(error.cause);
  }
}

function isGrantError(cause: unknown): cause is GrantError {
  return typeof cause === 'object' && cause !== null && 'piece' in cause;
}

function code({ piece, problem }: GrantError) {
  return { piece, problem };
}

/** The pieces of a profile that a bare run does not have. */
function changed(profile: Profile): Grants {
  const bare = new Map<string, unknown>(Object.entries(bareProfile));
  return Object.fromEntries(
    Object.entries(profile).filter(
      ([name, value]) => JSON.stringify(bare.get(name)) !== JSON.stringify(value),
    ),
  );
}

describe('the schemas of package.json', () => {
  it('show the default access to a directory that the grammar has', () => {
    const parsed = parseDirectory({ host: '/data', guest: '/data' }, (path) => path);
    const defaults = defaultsOf(
      'readOnly',
      JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')),
    );
    assert.deepEqual(defaults, [parsed.ok && parsed.value.readOnly, parsed.ok && parsed.value.readOnly]);
  });
});

/** The defaults of every property of that name in a JSON schema, wherever it is: in the settings and in launch configurations. */
function defaultsOf(name: string, schema: unknown): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === name && typeof value === 'object' && value !== null && 'default' in value
      ? [value.default]
      : defaultsOf(name, value),
  );
}

interface ProfileSchema {
  readonly timeout: { readonly pattern: string };
  readonly maxMemory: { readonly pattern: string };
  readonly dirs: { readonly items: { readonly anyOf: readonly [unknown, { readonly pattern: string }] } };
}

function profileSchema(): ProfileSchema {
  const manifest = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
    contributes: { configuration: Configuration | readonly Configuration[] };
  };
  const found = [manifest.contributes.configuration]
    .flat()
    .map(({ properties }) => properties['freshInstance.profiles'])
    .find((setting) => setting !== undefined);
  assert.ok(found);
  return found.additionalProperties.properties;
}

interface Configuration {
  readonly properties: Readonly<
    Record<string, { readonly additionalProperties: { readonly properties: ProfileSchema } } | undefined>
  >;
}
