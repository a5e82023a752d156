// @ts-check
// Components written by hand, one for each unusual result of a repeated call of run.

/**
 * A component around one core module, whose core function `run` is lifted.
 * @param {string} body fields of the core module; `$host` asks the host for a random number, `$exit` ends the guest
 * @param {{version?: string, lift?: string, type?: string, extra?: string}} [options]
 */
export function commandOf(
  body,
  { version = '0.2.0', lift = '', type = '(result (result))', extra = '' } = {},
) {
  return `(component
  (import "wasi:random/random@0.2.0" (instance $random (export "get-random-u64" (func (result u64)))))
  (import "wasi:cli/exit@0.2.0" (instance $exits (export "exit" (func (param "status" (result))))))
  (core func $host (canon lower (func $random "get-random-u64")))
  (core func $exit (canon lower (func $exits "exit")))
  (core module $main
    (import "host" "random" (func $host (result i64)))
    (import "host" "exit" (func $exit (param i32)))
    ${body})
  (core instance $i (instantiate $main (with "host" (instance
    (export "random" (func $host)) (export "exit" (func $exit))))))
  (func $run ${type} (canon lift (core func $i "run") ${lift}))
  (instance $exported (export "run" (func $run)))
  (export "wasi:cli/run@${version}" (instance $exported))
  ${extra})`;
}

/** @param {string} code of a function without parameters that gives run's i32 */
const run = (code) => `(func $run (export "run") (result i32) ${code})`;
const memory = '(memory 1)';
const host = '(drop (call $host))';
const ok = '(i32.const 0)';

/**
 * What a case must be judged from its binary alone: all but `nothing` are warnings.
 * @typedef {'certain' | 'likely' | 'simulated-trap' | 'first-call-traps' | 'nothing'} Expected
 */

/** @type {Readonly<Record<string, {wat: string, expected: Expected}>>} */
export const watCases = {
  'guard-flag': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load8_u (i32.const 1024)) (then unreachable))
      (i32.store8 (i32.const 1024) (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'guard-no-host-call': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load (i32.const 1024)) (then unreachable))
      (i32.store (i32.const 1024) (i32.const 1)) ${ok}`)}`,
    ),
  },
  'guard-bit': {
    expected: 'certain',
    wat: commandOf(
      `${memory} (data (i32.const 64) "\\03\\00\\00\\00") ${run(`
      (if (i32.and (i32.load (i32.const 64)) (i32.const 4)) (then unreachable))
      (i32.store (i32.const 64) (i32.or (i32.load (i32.const 64)) (i32.const 4))) ${host} ${ok}`)}`,
    ),
  },
  'guard-atomic': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.atomic.rmw.cmpxchg (i32.const 1024) (i32.const 0) (i32.const 1)) (then unreachable)) ${host} ${ok}`)}`,
    ),
  },
  'guard-atomic-add': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.wrap_i64 (i64.atomic.rmw8.add_u offset=8 (i32.const 1024) (i64.const 1))) (then unreachable)) ${host} ${ok}`)}`,
    ),
  },
  'guard-callee': {
    expected: 'certain',
    wat: commandOf(`${memory}
      (func $once (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1)))
      ${run(`(call $once) ${host} ${ok}`)}`),
  },
  'guard-asked-in-callee': {
    expected: 'certain',
    wat: commandOf(`${memory}
      (func $started (result i32) (i32.load (i32.const 8)))
      (func $start (i32.store (i32.const 8) (i32.const 1)))
      ${run(`(if (call $started) (then unreachable)) (call $start) ${host} ${ok}`)}`),
  },
  'guard-abort-in-callee': {
    expected: 'certain',
    wat: commandOf(`${memory} (func $abort unreachable)
      ${run(`(if (i32.load (i32.const 8)) (then (call $abort))) (i32.store (i32.const 8) (i32.const 1)) ${host} ${ok}`)}`),
  },
  'guard-indirect': {
    expected: 'certain',
    wat: commandOf(`${memory} (type $t (func)) (table 2 funcref) (elem (i32.const 0) $first $second)
      (func $first (i32.store (i32.const 8) (i32.const 1))) (func $second unreachable)
      ${run(`(call_indirect (type $t) (i32.load (i32.const 8))) ${host} ${ok}`)}`),
  },
  'guard-table-init': {
    expected: 'certain',
    wat: commandOf(`${memory} (type $t (func)) (table 2 funcref) (elem $e func $second)
      (elem (table 0) (i32.const 0) func $first)
      (func $first (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))) (func $second unreachable)
      ${run(`(call_indirect (type $t) (i32.const 0)) ${host} ${ok}`)}`),
  },
  'guard-global': {
    expected: 'certain',
    wat: commandOf(
      `(global $started (mut i32) (i32.const 0)) ${run(`
      (if (global.get $started) (then unreachable)) (global.set $started (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'guard-wide': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i64.ne (i64.load (i32.const 4092)) (i64.const 0)) (then unreachable))
      (i64.store (i32.const 4092) (i64.const -1)) ${host} ${ok}`)}`,
    ),
  },
  'guard-float': {
    expected: 'certain',
    wat: commandOf(
      `(global $turn (mut f64) (f64.const 0)) ${run(`
      (if (f64.gt (global.get $turn) (f64.const 0.5)) (then unreachable))
      (global.set $turn (f64.sqrt (f64.add (global.get $turn) (f64.const 1)))) ${host} ${ok}`)}`,
    ),
  },
  'guard-br-table': {
    expected: 'certain',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) ${run(`
      (block $fresh (block $used (br_table $fresh $used (global.get $turn))) unreachable)
      (global.set $turn (i32.const 7)) ${host} ${ok}`)}`,
    ),
  },
  'guard-loop': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`(local $i i32)
      (loop $next
        (i32.store8 (local.get $i) (i32.add (i32.load8_u (local.get $i)) (i32.const 1)))
        (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 100))))
      (if (i32.eq (i32.load8_u (i32.const 50)) (i32.const 2)) (then unreachable)) ${host} ${ok}`)}`,
    ),
  },
  'guard-data-drop': {
    expected: 'certain',
    wat: commandOf(
      `${memory} (data $d "once") ${run(`
      (memory.init $d (i32.const 0) (i32.const 0) (i32.const 4)) (data.drop $d) ${host} ${ok}`)}`,
    ),
  },
  'guard-memory-fill': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load8_u (i32.const 77)) (then unreachable))
      (memory.fill (i32.const 70) (i32.const 9) (i32.const 20)) ${host} ${ok}`)}`,
    ),
  },
  'guard-memory-size': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.gt_u (memory.size) (i32.const 1)) (then unreachable))
      (drop (memory.grow (i32.const 1))) ${host} ${ok}`)}`,
    ),
  },
  'guard-tail-call': {
    expected: 'certain',
    wat: commandOf(`(global $turn (mut i32) (i32.const 0)) (func $end (result i32) ${host} ${ok})
      (func $once (result i32) (global.set $turn (i32.const 1)) (return_call $end))
      ${run(`(if (global.get $turn) (then unreachable)) (return_call $once)`)}`),
  },
  'guard-divide': {
    expected: 'certain',
    wat: commandOf(
      `(global $left (mut i32) (i32.const 1)) ${run(`
      (drop (i32.div_u (i32.const 1) (global.get $left))) (global.set $left (i32.const 0)) ${host} ${ok}`)}`,
    ),
  },
  'guard-out-of-bounds': {
    expected: 'certain',
    wat: commandOf(
      `${memory} (global $at (mut i32) (i32.const 0)) ${run(`
      (drop (i32.load (global.get $at))) (global.set $at (i32.const -4)) ${host} ${ok}`)}`,
    ),
  },
  'guard-set-by-start': {
    expected: 'first-call-traps',
    wat: commandOf(`(global $turn (mut i32) (i32.const 0))
      (func $init (global.set $turn (i32.const 1))) (start $init)
      ${run(`(if (global.get $turn) (then unreachable)) ${host} ${ok}`)}`),
  },
  'start-asks-host': {
    // Whether the first call traps depends on what the host gave to the start function.
    expected: 'nothing',
    wat: commandOf(`(global $given (mut i64) (i64.const 0)) (func $init (global.set $given (call $host))) (start $init)
      ${run(`(if (i64.eqz (global.get $given)) (then unreachable)) ${host} ${ok}`)}`),
  },
  'guard-then-exit': {
    expected: 'certain',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1))
      (call $exit (i32.const 0)) unreachable`)}`,
    ),
  },
  'guard-second-memory': {
    expected: 'certain',
    wat: commandOf(
      `(memory 1) (memory $marks 1) ${run(`
      (if (i32.load $marks (i32.const 8)) (then unreachable)) (i32.store $marks (i32.const 8) (i32.const 1))
      ${host} ${ok}`)}`,
    ),
  },
  'guard-in-try': {
    expected: 'certain',
    wat: commandOf(
      `${memory} (tag $t) ${run(`
      (block $caught (try_table (catch_all $caught)
        (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1)) ${host}))
      ${ok}`)}`,
    ),
  },
  lock: {
    expected: 'nothing',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1))
      ${host} (i32.store (i32.const 8) (i32.const 0)) ${ok}`)}`,
    ),
  },
  'lock-global': {
    expected: 'nothing',
    wat: commandOf(
      `(global $busy (mut i32) (i32.const 0)) ${run(`
      (if (global.get $busy) (then unreachable)) (global.set $busy (i32.const 1))
      ${host} (global.set $busy (i32.const 0)) ${ok}`)}`,
    ),
  },
  'lock-by-pointer': {
    expected: 'nothing',
    wat: commandOf(`${memory} (func $unlock (param i32) (i32.store offset=4 (local.get 0) (i32.const 0)))
      ${run(`(if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1))
      ${host} (call $unlock (i32.const 4)) ${ok}`)}`),
  },
  'lock-then-exit': {
    // The release follows an exit that the simulation takes, so only the code search finds it.
    expected: 'nothing',
    wat: commandOf(
      `${memory} (func $unlock (i32.store (i32.const 8) (i32.const 0))) ${run(`
      (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1))
      (if (i64.eqz (call $host)) (then (call $exit (i32.const 0))))
      (call $unlock) ${ok}`)}`,
    ),
  },
  'lock-global-then-exit': {
    expected: 'nothing',
    wat: commandOf(
      `(global $busy (mut i32) (i32.const 0)) ${run(`
      (if (global.get $busy) (then unreachable)) (global.set $busy (i32.const 1))
      (if (i64.eqz (call $host)) (then (call $exit (i32.const 0))))
      (global.set $busy (i32.const 0)) ${ok}`)}`,
    ),
  },
  'guard-after-host': {
    expected: 'likely',
    wat: commandOf(
      `${memory} ${run(`
      (if (i32.load (i32.const 8)) (then unreachable)) ${host} (i32.store (i32.const 8) (i32.const 1)) ${ok}`)}`,
    ),
  },
  'guard-asked-after-host': {
    expected: 'simulated-trap',
    wat: commandOf(
      `${memory} ${run(`
      ${host} (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1)) ${ok}`)}`,
    ),
  },
  'traps-on-third': {
    expected: 'nothing',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) ${run(`
      (global.set $turn (i32.add (global.get $turn) (i32.const 1)))
      (if (i32.eq (global.get $turn) (i32.const 3)) (then unreachable)) ${host} ${ok}`)}`,
    ),
  },
  toggle: {
    expected: 'certain',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) ${run(`
      (global.set $turn (i32.eqz (global.get $turn))) (if (i32.eqz (global.get $turn)) (then unreachable)) ${host} ${ok}`)}`,
    ),
  },
  counter: {
    expected: 'nothing',
    wat: commandOf(
      `${memory} ${run(`
      (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1))) ${host} ${ok}`)}`,
    ),
  },
  'counter-no-host-call': {
    expected: 'nothing',
    wat: commandOf(
      `${memory} ${run(`
      (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1))) ${ok}`)}`,
    ),
  },
  'does-nothing-again': {
    expected: 'nothing',
    wat: commandOf(
      `(global $done (mut i32) (i32.const 0)) ${run(`
      (if (global.get $done) (then (return ${ok}))) (global.set $done (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'error-again': { expected: 'nothing', wat: commandOf(run(`${host} (i32.const 1)`)) },
  'exit-at-once': { expected: 'nothing', wat: commandOf(run('(call $exit (i32.const 0)) unreachable')) },
  'exit-the-second-time': {
    expected: 'nothing',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) ${run(`
      (if (global.get $turn) (then (call $exit (i32.const 1)))) (global.set $turn (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'traps-at-once': { expected: 'first-call-traps', wat: commandOf(run('unreachable')) },
  'traps-after-host': { expected: 'nothing', wat: commandOf(run(`${host} unreachable`)) },
  'stack-overflow': { expected: 'nothing', wat: commandOf(`(func $f (call $f)) ${run(`(call $f) ${ok}`)}`) },
  'endless-loop': { expected: 'nothing', wat: commandOf(run(`(loop $l (br $l)) ${ok}`)) },
  'endless-loop-of-host-calls': {
    expected: 'nothing',
    wat: commandOf(run(`(loop $l ${host} (br $l)) ${ok}`)),
  },
  'endless-the-second-time': {
    expected: 'nothing',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) ${run(`
      (loop $l (br_if $l (global.get $turn))) (global.set $turn (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'grows-per-call': {
    expected: 'nothing',
    wat: commandOf(`${memory} ${run(`(drop (memory.grow (i32.const 2))) ${host} ${ok}`)}`),
  },
  'random-trap': {
    expected: 'nothing',
    wat: commandOf(
      run(`(if (i64.eqz (i64.and (call $host) (i64.const 0xffffffff))) (then (unreachable))) ${ok}`),
    ),
  },
  'vector-first': {
    // The analysis stops at the vector instruction, before a guard.
    expected: 'nothing',
    wat: commandOf(
      `${memory} ${run(`
      (v128.store (i32.const 32) (i32x4.splat (i32.const 1)))
      (if (i32.load (i32.const 8)) (then unreachable)) (i32.store (i32.const 8) (i32.const 1)) ${host} ${ok}`)}`,
    ),
  },
  'throws-and-catches': {
    expected: 'nothing',
    wat: commandOf(
      `(tag $t) ${run(`(block $caught (try_table (catch_all $caught) (throw $t))) ${host} ${ok}`)}`,
    ),
  },
  'garbage-collected': {
    expected: 'nothing',
    wat: commandOf(
      `(type $s (struct (field (mut i32)))) (global $g (mut (ref null $s)) (ref.null $s)) ${run(`
      (global.set $g (struct.new $s (i32.const 1))) ${host} ${ok}`)}`,
    ),
  },
  'memory-64': {
    expected: 'nothing',
    wat: commandOf(
      `(memory i64 1) ${run(`
      (i32.store (i64.const 8) (i32.add (i32.load (i64.const 8)) (i32.const 1))) ${host} ${ok}`)}`,
    ),
  },
  'two-versions-lower-is-stub': {
    expected: 'nothing',
    wat: commandOf(`(func (export "stub") (result i32) unreachable) ${run(`${host} ${ok}`)}`, {
      version: '0.2.6',
      extra: `(func $stub (result (result)) (canon lift (core func $i "stub")))
        (instance $older (export "run" (func $stub))) (export "wasi:cli/run@0.2.0" (instance $older))`,
    }),
  },
  'two-versions-higher-is-guarded': {
    expected: 'certain',
    wat: commandOf(
      `(global $turn (mut i32) (i32.const 0)) (func (export "free") (result i32) ${host} ${ok})
      ${run(`(if (global.get $turn) (then unreachable)) (global.set $turn (i32.const 1)) ${host} ${ok}`)}`,
      {
        version: '0.2.10',
        extra: `(func $free (result (result)) (canon lift (core func $i "free")))
        (instance $older (export "run" (func $free))) (export "wasi:cli/run@0.2.9" (instance $older))`,
      },
    ),
  },
  ...nested(),
  ...asynchronous(),
};

/** @returns {Record<string, {wat: string, expected: Expected}>} */
function nested() {
  const guarded = commandOf(
    `(global $turn (mut i32) (i32.const 0)) ${run(`
    (if (global.get $turn) (then unreachable)) (global.set $turn (i32.const 1)) ${host} ${ok}`)}`,
  );
  const inner = guarded.replace('(component', '(component $inner');
  const imports = `(import "wasi:random/random@0.2.0" (instance $r (export "get-random-u64" (func (result u64)))))
    (import "wasi:cli/exit@0.2.0" (instance $e (export "exit" (func (param "status" (result))))))`;
  const args = `(with "wasi:random/random@0.2.0" (instance $r)) (with "wasi:cli/exit@0.2.0" (instance $e))`;
  return {
    'nested-guard': {
      expected: 'certain',
      wat: `(component ${imports} ${inner} (instance $c (instantiate $inner ${args}))
        (alias export $c "wasi:cli/run@0.2.0" (instance $exported))
        (export "wasi:cli/run@0.2.0" (instance $exported)))`,
    },
    'run-through-another-component': {
      expected: 'certain',
      wat: `(component ${imports} ${inner} (instance $c (instantiate $inner ${args}))
        (component $outer
          (import "run" (func $run (result (result))))
          (core func $lowered (canon lower (func $run)))
          (core module $m (import "" "run" (func $run (result i32))) (func (export "run") (result i32) (call $run)))
          (core instance $i (instantiate $m (with "" (instance (export "run" (func $lowered))))))
          (func $again (result (result)) (canon lift (core func $i "run")))
          (export "run" (func $again)))
        (instance $o (instantiate $outer (with "run" (func $c "wasi:cli/run@0.2.0" "run"))))
        (instance $exported (export "run" (func $o "run")))
        (export "wasi:cli/run@0.2.0" (instance $exported)))`,
    },
  };
}

/** @returns {Record<string, {wat: string, expected: Expected}>} */
function asynchronous() {
  /**
   * @param {string} body
   * @param {boolean} callback
   */
  const component = (body, callback) => `(component
    (import "wasi:random/random@0.3.0" (instance $random (export "get-random-u64" (func (result u64)))))
    (core func $host (canon lower (func $random "get-random-u64")))
    (core func $return (canon task.return (result (result))))
    (core func $get (canon context.get i32 0))
    (core func $set (canon context.set i32 0))
    (core module $main
      (import "host" "random" (func $host (result i64)))
      (import "host" "return" (func $return (param i32)))
      (import "host" "get" (func $get (result i32)))
      (import "host" "set" (func $set (param i32)))
      ${body})
    (core instance $i (instantiate $main (with "host" (instance (export "random" (func $host))
      (export "return" (func $return)) (export "get" (func $get)) (export "set" (func $set))))))
    (func $run async (result (result))
      (canon lift (core func $i "run") async ${callback ? '(callback (core func $i "callback"))' : ''}))
    (instance $exported (export "run" (func $run)))
    (export "wasi:cli/run@0.3.0" (instance $exported)))`;
  const callback =
    '(func (export "callback") (param i32 i32 i32) (result i32) (call $return (i32.const 0)) (i32.const 0))';
  const guard = '(if (global.get $turn) (then unreachable)) (global.set $turn (i32.const 1))';
  const turn = '(global $turn (mut i32) (i32.const 0))';
  const returns = '(call $return (i32.const 0)) (i32.const 0)';
  return {
    'async-guard': {
      expected: 'certain',
      wat: component(
        `${turn} ${callback} (func (export "run") (result i32) ${guard} ${host} ${returns})`,
        true,
      ),
    },
    'async-guard-after-context': {
      expected: 'certain',
      wat: component(
        `${turn} ${callback} (func (export "run") (result i32)
        (call $set (i32.const 5)) ${guard} (if (i32.ne (call $get) (i32.const 5)) (then unreachable)) ${returns})`,
        true,
      ),
    },
    'async-guard-in-callback': {
      expected: 'certain',
      wat: component(
        `${turn} (func (export "callback") (param i32 i32 i32) (result i32) ${guard} ${host} ${returns})
        (func (export "run") (result i32) (i32.const 1))`,
        true,
      ),
    },
    'async-counter': {
      expected: 'nothing',
      wat: component(
        `${turn} ${callback} (func (export "run") (result i32)
        (if (call $get) (then unreachable)) (call $set (i32.const 1))
        (global.set $turn (i32.add (global.get $turn) (i32.const 1))) ${host} ${returns})`,
        true,
      ),
    },
    'async-stackful-guard': {
      expected: 'certain',
      wat: component(`${turn} (func (export "run") ${guard} ${host} (call $return (i32.const 0)))`, false),
    },
  };
}
