import assert from 'node:assert/strict';
import { summarise } from '../../../src/component/summary';
import type { ModuleFacts } from '../../../src/component/module-facts';
import { obstacleText } from '../../../src/words/module-kind';
import { compile } from './compile';

async function factsOf(wat: string): Promise<ModuleFacts> {
  const summary = summarise(await compile(wat));
  assert.equal(summary.kind, 'module');
  return summary.facts;
}

const obstacleOf = async (wat: string) => (await factsOf(wat)).obstacle;
const namesOf = async (wat: string) =>
  (await obstacleOf(wat))?.imports.map(({ module, name }) => `${module}.${name}`);

const write = (module: string) =>
  `(import "${module}" "fd_write" (func (param i32 i32 i32 i32) (result i32)))`;
const memory = '(memory (export "memory") 1)';
const start = '(func (export "_start"))';

describe('the facts of a core module', () => {
  it('tell a wasip1 command from a reactor by _start, and both from a plain module', async () => {
    const command = await factsOf(`(module ${write('wasi_snapshot_preview1')} ${memory} ${start}
      (func (export "_initialize")))`);
    assert.deepEqual(
      [command.form, command.wasi, command.obstacle],
      ['command', ['wasi_snapshot_preview1'], null],
    );
    const reactor = await factsOf(
      `(module ${write('wasi_unstable')} ${memory} (func (export "bump") (param i32) (result i32) local.get 0))`,
    );
    assert.deepEqual([reactor.form, reactor.wasi, reactor.obstacle], ['reactor', ['wasi_unstable'], null]);
    const plain = await factsOf(`(module (func (export "f")))`);
    assert.deepEqual([plain.form, plain.wasi, plain.obstacle], ['plain', [], null]);
  });

  it('list the functions that take and return numbers alone, under the names that WIT has for them', async () => {
    const { callable } = await factsOf(`(module ${memory}
      (func (export "add_two") (param i32 i64) (result f64) f64.const 0)
      (func (export "addThree") (param f32))
      (func (export "vector") (param v128))
      (func (export "two") (result i32 i32) i32.const 0 i32.const 0)
      (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32) i32.const 0)
      (func (export "__wasm_call_ctors"))
      (func (export "sn\\c3\\b6")))`);
    assert.deepEqual(
      callable.map(({ core, name, type }) => [
        core,
        name,
        type.params.map((p) => p.type.kind),
        type.result?.kind,
      ]),
      [
        ['add_two', 'add-two', ['s32', 's64'], 'f64'],
        ['addThree', 'add-three', ['f32'], undefined],
      ],
    );
  });

  it('name threads by the function that starts them and by memory that is shared', async () => {
    const wat = `(module (import "wasi" "thread-spawn" (func (param i32) (result i32)))
      (import "env" "memory" (memory 1 2 shared)) ${write('wasi_snapshot_preview1')} ${start})`;
    assert.equal((await obstacleOf(wat))?.kind, 'threads');
    assert.deepEqual(await namesOf(wat), ['wasi.thread-spawn', 'env.memory']);
    const shared = `(module ${write('wasi_snapshot_preview1')} (memory (export "memory") 1 2 shared) ${start})`;
    assert.deepEqual(await obstacleOf(shared), { kind: 'threads', imports: [] });
  });

  const toolchains: Record<string, [string, string[]]> = {
    emscripten: [
      '(import "GOT.mem" "table" (global (mut i32))) (import "env" "memory" (memory 1))',
      ['GOT.mem.table'],
    ],
    'wasm-bindgen': [
      '(import "./app_bg.js" "__wbg_log_1" (func (param i32))) (import "env" "now" (func))',
      ['./app_bg.js.__wbg_log_1'],
    ],
    'go-js': [
      '(import "gojs" "runtime.wasmExit" (func (param i32))) (import "gojs" "syscall/js.valueGet" (func (param i32)))',
      ['gojs.runtime.wasmExit', 'gojs.syscall/js.valueGet'],
    ],
    'node-addon': [
      '(import "env" "napi_create_function" (func (param i32))) (import "env" "memory" (memory 1))',
      ['env.napi_create_function'],
    ],
    'imported-memory': ['(import "env" "memory" (memory 1))', ['env.memory']],
    functions: [
      `(import "env" "log" (func)) (import "wasi_snapshot_preview1" "sock_open" (func (param i32) (result i32))) ${write('wasi_snapshot_preview1')} ${memory}`,
      ['env.log', 'wasi_snapshot_preview1.sock_open'],
    ],
  };
  for (const [kind, [imports, names]] of Object.entries(toolchains)) {
    it(`name ${kind} by its imports, and say what to do`, async () => {
      const wat = `(module ${imports} ${start})`;
      const obstacle = await obstacleOf(wat);
      assert.equal(obstacle?.kind, kind);
      assert.deepEqual(await namesOf(wat), names);
      const { clause, advice } = obstacleText(obstacle);
      assert.ok(clause.includes(names[0]!), clause);
      assert.match(advice, /^\p{Lu}.*\.$/u);
    });
  }

  it('know the one-letter imports of Emscripten', async () => {
    assert.equal((await obstacleOf(`(module (import "a" "b" (func)) ${start})`))?.kind, 'emscripten');
  });

  it('take a function of wasi_unstable only where preview 1 means the same', async () => {
    const seek = (module: string) =>
      `(module (import "${module}" "fd_seek" (func (param i32 i64 i32 i32) (result i32))) ${memory} ${start})`;
    assert.equal((await obstacleOf(seek('wasi_unstable')))?.kind, 'old-wasi');
    assert.equal(await obstacleOf(seek('wasi_snapshot_preview1')), null);
    assert.equal(await obstacleOf(`(module ${write('wasi_unstable')} ${memory} ${start})`), null);
  });

  it('refuse a function of WASI with another signature', async () => {
    const wat = `(module (import "wasi_snapshot_preview1" "fd_write" (func (param i32))) ${memory} ${start})`;
    assert.deepEqual(await namesOf(wat), ['wasi_snapshot_preview1.fd_write']);
  });

  it('miss a memory that is not exported, or addressed by 64-bit numbers', async () => {
    const withMemory = (text: string) => `(module ${write('wasi_snapshot_preview1')} ${text} ${start})`;
    assert.equal((await obstacleOf(withMemory('(memory 1)')))?.kind, 'no-memory');
    assert.equal((await obstacleOf(withMemory('(memory (export "memory") i64 1)')))?.kind, 'memory64');
  });

  it('say where there is nothing to call', async () => {
    assert.equal((await obstacleOf('(module (func (export "v") (param v128)))'))?.kind, 'nothing-to-call');
  });
});
