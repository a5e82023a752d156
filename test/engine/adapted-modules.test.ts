import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentEmbed, componentWit, parse } from '@bytecodealliance/jco-transpile/wasm-tools';
import { summarise } from '../../src/component/summary';
import { fixture } from '../fixtures';
import { temporaryFolder } from '../support/temporary-folder';
import { TestEngine } from './harness';
import { cli } from './support/cli';
import { eventually } from './support/processes';

interface Checked {
  readonly kind: string;
  readonly entry: string | null;
  readonly repeat: string;
  readonly basis: string;
  readonly reason: string;
  readonly evidence: readonly { readonly type: string; readonly place?: unknown; readonly set?: unknown }[];
}

async function check(...args: readonly string[]): Promise<Checked> {
  const { stdout } = await cli(['check', '--json', ...args]);
  const [checked] = JSON.parse(stdout) as readonly Checked[];
  return checked ?? assert.fail();
}

describe('A wasip1 command module', () => {
  it('runs with arguments, environment, input and directories, and ends with its status', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'note.txt'), 'from the host\n');
    const files = ['--dir', `${folder}::/data:ro`, '--', 'cat', '/data/note.txt'];
    assert.equal((await cli(['run', fixture('module-files'), ...files])).stdout, 'from the host\n');
    const denied = await cli(['run', fixture('module-files'), '--', 'cat', '/data/note.txt']);
    assert.deepEqual([denied.status, denied.stdout.includes('from the host')], [1, false]);
    const named = await cli([
      'run',
      fixture('module-getenv'),
      '--env',
      'COLOUR=red',
      '--',
      'COLOUR',
      'SHAPE',
    ]);
    assert.equal(named.stdout, 'COLOUR=red\nSHAPE is not set\n');
    const echoed = await cli(['run', fixture('module-echo')], { input: 'line one\nline two\n' });
    assert.equal(echoed.stdout, 'line one\nline two\n');
    assert.equal((await cli(['run', fixture('module-status'), '--', 'return', '3'])).status, 1);
    assert.equal((await cli(['run', fixture('module-status'), '--', 'return', '0'])).status, 0);
  });

  it('names the line of its source at which it traps', async () => {
    const { status, stdout, stderr } = await cli(['run', fixture('module-trap'), '--', 'unreachable']);
    assert.deepEqual([status, stdout], [134, 'before\n']);
    assert.match(stderr, /main at test\/fixtures\/src\/trap\.c:25/);
  });

  it('has the verdict of the component that is made of it, with places in the module itself', async () => {
    const [module, component] = [await check(fixture('module-trap')), await check(fixture('trap'))];
    assert.deepEqual(
      [module.kind, module.entry, module.repeat, module.basis],
      ['module', component.entry, 'traps', 'static'],
    );
    assert.equal(module.reason, component.reason);
    const guard = ({ evidence }: Checked) => evidence.find(({ type }) => type === 'guard') ?? assert.fail();
    assert.deepEqual(
      [guard(module).place, guard(module).set],
      [guard(component).place, guard(component).set],
    );
    assert.equal(module.evidence[0]?.type, 'adapted');
  });

  it('traps on a second run, as the verdict says', async () => {
    const { status, stderr } = await cli(['run', '--repeat', '2', '--same', fixture('module-status')]);
    assert.equal(status, 134);
    assert.match(stderr, /its `_start` may run once per instance/);
    const probed = await check('--probe', fixture('module-status'));
    assert.deepEqual([probed.repeat, probed.basis, probed.kind], ['traps', 'probe', 'module']);
  });

  it('is adapted once for each content, says so, and can be cancelled while it is', async () => {
    const test = new TestEngine();
    const said: string[] = [];
    const options = { progress: (what: string) => void said.push(what) };
    const cancel = new AbortController();
    const stopped = await test.start('module-status', {}, undefined, {
      signal: cancel.signal,
      progress: () => {
        cancel.abort();
      },
    });
    assert.deepEqual(stopped.state, { type: 'stopped', reason: { type: 'user' } });
    for (let time = 0; time < 2; time++) {
      const { state } = await test.start('module-status', {}, undefined, options);
      assert.equal(state.type, 'ready');
    }
    assert.deepEqual(said, ['adapting', 'transpiling']);
    // A limit of the memory makes other JavaScript, of the same component.
    const limited = await test.start('module-status', { maxMemoryBytes: 1 << 24 }, undefined, options);
    assert.equal(limited.state.type, 'ready');
    assert.deepEqual(said, ['adapting', 'transpiling', 'transpiling']);
    await test.dispose();
  });

  it('gives a component that runs by itself, with the module in it as it is', async () => {
    const test = new TestEngine();
    const read = await test.engine.readBuild(fixture('module-getenv'));
    assert.ok(read.ok);
    const { path } = await test.engine.componentOf(read.value);
    const bytes = readFileSync(path);
    assert.equal(summarise(bytes).kind, 'component');
    assert.ok(bytes.includes(readFileSync(fixture('module-getenv'))));
    const saved = join(test.cacheDir, 'saved.wasm');
    writeFileSync(saved, bytes);
    assert.equal((await cli(['run', saved, '--env', 'A=B'])).stdout, 'A=B\n');
    await test.dispose();
  });

  it('may import wasi_unstable, where preview 1 means the same', async () => {
    assert.equal((await cli(['run', fixture('module-unstable')])).stdout, 'hi from unstable\n');
    const refused = await cli(['run', fixture('module-unstable-seek')]);
    assert.equal(refused.status, 2);
    assert.match(
      refused.stderr,
      /functions of wasi_unstable that WASI preview 1 changed \(wasi_unstable\.fd_seek\)/,
    );
  });
});

describe('A module without a WIT world', () => {
  it('can be called by its functions of numbers, after its constructors have run', async () => {
    const calls = ['bump-by(2)', 'bump-by(3)', 'halve(5.0)', 'widen(1)'];
    const { status, stdout } = await cli(['call', fixture('module-reactor'), ...calls]);
    assert.deepEqual([status, stdout], [0, 'total 102\n102\ntotal 105\n105\n2.5\n4294967296\n']);
    const plain = await cli(['call', fixture('module-plain'), 'bump-by(2)', 'bump-by(3)', 'half(1.0)']);
    assert.deepEqual([plain.status, plain.stdout], [0, '2\n5\n0.5\n']);
  });

  it('names the line at which one of them traps', async () => {
    const { status, stderr } = await cli(['call', fixture('module-reactor'), 'fail()']);
    assert.equal(status, 134);
    assert.match(stderr, /fail at test\/fixtures\/src\/modules\/reactor\.c:\d+/);
  });

  it('is inspected as what it is, with the interface of the component that is made of it', async () => {
    const { stdout } = await cli(['inspect', fixture('module-reactor')]);
    assert.match(stdout, /module-reactor\.wasm: a wasip1 reactor module, adapted\n/);
    assert.match(stdout, /bump-by: func\(p0: s32\) -> s32/);
    const wit = await cli(['inspect', '--wit', fixture('module-reactor')]);
    assert.match(wit.stdout, /export widen: func\(p0: s32\) -> s64;/);
    assert.match(wit.stdout, /import wasi:cli\/stdout@0\.2\.12;/);
    const json = JSON.parse((await cli(['inspect', '--json', fixture('module-plain')])).stdout) as object;
    assert.deepEqual('module' in json && json.module, { form: 'plain', wasi: [], hasWorld: false });
  });
});

describe('A module with a WIT world', () => {
  const wit = `package test:counting;
    interface counters { next: func(step: u8) -> option<u32>; }
    world counting { export counters; export greet: func(name: string) -> string; }`;
  const text = `(module
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
      (global.get $next) (global.set $next (i32.add (global.get $next) (local.get 3))))
    (func (export "greet") (param $at i32) (param $length i32) (result i32)
      (i32.store (i32.const 0) (local.get $at)) (i32.store (i32.const 4) (local.get $length)) (i32.const 0))
    (func (export "test:counting/counters#next") (param i32) (result i32)
      (i32.store8 (i32.const 16) (i32.const 1)) (i32.store (i32.const 20) (local.get 0)) (i32.const 16)))`;

  it('has the exports of that world, with their types, before and after it is adapted', async () => {
    const path = join(temporaryFolder(), 'counting.wasm');
    const binary = await parse(text);
    writeFileSync(path, await componentEmbed({ binary, witSource: wit, world: 'counting' }));
    const calls = ['greet("you")', 'test:counting/counters#next(7)'];
    const { status, stdout, stderr } = await cli(['call', path, ...calls]);
    assert.deepEqual([status, stdout, stderr], [0, '"you"\nsome(7)\n', '']);
    const { stdout: inspected } = await cli(['inspect', path]);
    assert.match(inspected, /next: func\(step: u8\) -> option<u32>/);
    const test = new TestEngine();
    const read = await test.engine.readBuild(path);
    assert.ok(read.ok);
    const component = await test.engine.componentOf(read.value);
    assert.match(await componentWit(readFileSync(component.path)), /greet: func\(name: string\) -> string;/);
    await test.dispose();
  });
});

describe('A module that cannot be adapted', () => {
  const cases = [
    ['threads', /it uses threads \(it imports wasi\.thread-spawn, env\.memory\)/],
    ['emscripten', /Emscripten made it .* \(it imports env\.__memory_base, GOT\.mem\.counter\)/],
    ['wasm-bindgen', /wasm-bindgen made it .* \(it imports \.\/app_bg\.js\.__wbg_log_/],
    ['gojs', /Go made it for JavaScript \(it imports gojs\.runtime\.wasmExit, /],
    ['napi', /it is an addon for Node \(it imports env\.napi_create_function, /],
    ['other-functions', /functions that nothing here provides \(env\.log, game\.draw_sprite\)/],
    ['simd-only', /it exports no function that takes and returns numbers alone/],
  ] as const;
  for (const [name, words] of cases) {
    it(`is refused before anything is tried, with the imports that say why: ${name}`, async () => {
      const test = new TestEngine();
      const path = fixture(`module-${name}`);
      const read = await test.engine.readBuild(path);
      assert.equal(!read.ok && read.error.code, 'core-module');
      const { status, stderr } = await cli(['run', path]);
      assert.equal(status, 2);
      assert.match(stderr, words);
      const inspected = await cli(['inspect', path]);
      assert.deepEqual([inspected.status, words.test(inspected.stdout)], [2, true]);
      const checked = await check(path);
      assert.deepEqual([checked.kind, checked.repeat, checked.basis], ['module', 'no-run', 'none']);
      await test.dispose();
    });
  }
});

describe('A module with malformed code', () => {
  it('does not start, and the reason names what is wrong with it in one line', async () => {
    const bytes = Buffer.from(readFileSync(fixture('module-status')));
    bytes[0xf5] = 0xff;
    const path = join(temporaryFolder(), 'malformed.wasm');
    writeFileSync(path, bytes);
    const { status, stderr } = await cli(['run', path]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^fresh-instance: malformed\.wasm cannot start: no component can be made of it \(invalid [^\n]+\)\.\n$/,
    );
  });
});

/** Go for WASI preview 1, where this machine has it; null with a reason elsewhere. */
function goModule(): string | null {
  const folder = temporaryFolder();
  const source = join(folder, 'main.go');
  const target = join(folder, 'main.wasm');
  writeFileSync(
    source,
    'package main\n\nimport ("fmt"; "os")\n\nfunc main() { fmt.Println("Go says", os.Args[1:]) }\n',
  );
  mkdirSync(join(folder, 'cache'));
  const env = {
    ...process.env,
    GOOS: 'wasip1',
    GOARCH: 'wasm',
    GOCACHE: join(folder, 'cache'),
    GO111MODULE: 'off',
  };
  try {
    execFileSync('go', ['build', '-o', target, source], { env, stdio: 'pipe' });
    return target;
  } catch {
    return null;
  }
}

/** A Rust program for WASI preview 1, where this machine's toolchain has that target. */
function rustModule(): string | null {
  const folder = temporaryFolder();
  const source = join(folder, 'main.rs');
  const target = join(folder, 'main.wasm');
  writeFileSync(
    source,
    'fn main() { println!("Rust says {:?}", std::env::args().skip(1).collect::<Vec<_>>()); }\n',
  );
  try {
    execFileSync('rustc', ['--target', 'wasm32-wasip1', '-o', target, source], { stdio: 'pipe' });
    return target;
  } catch {
    return null;
  }
}

describe('A module of a toolchain for wasip1', () => {
  const toolchains = [
    ['Go', goModule, 'Go says [one two]\n'],
    ['Rust', rustModule, 'Rust says ["one", "two"]\n'],
  ] as const;
  for (const [name, build, output] of toolchains) {
    it(`runs as it is, where this machine can build it: ${name}`, async function () {
      const path = build();
      if (path === null) {
        this.skip();
      } else {
        const { stdout, stderr } = await cli(['run', path, '--', 'one', 'two']);
        assert.deepEqual([stdout, stderr], [output, '']);
      }
    }).timeout(120_000);
  }
});

describe('A standby of an adapted module', () => {
  it('is made after a run, and serves the next one', async () => {
    const standby = { max: 1, maxMemoryBytes: 64 * 1024 * 1024, idleMs: 60_000 };
    const test = new TestEngine({ standby, keepBareRunner: true });
    await test.run(await test.start('module-status'));
    const waiting = () => test.registry.all().filter((each) => each.standby && each.state.type === 'ready');
    assert.ok(await eventually(() => waiting().length === 1, 10_000));
    const { id } = waiting()[0] ?? assert.fail();
    const next = await test.start('module-status');
    assert.equal(next.id, id);
    assert.equal((await test.run(next)).ended?.outcome.type, 'ok');
    await test.dispose();
  });
});
