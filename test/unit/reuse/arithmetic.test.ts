import assert from 'node:assert/strict';
import { opcodeOf } from '../../../src/component/opcodes';
import { arithmetic } from '../../../src/reuse/machine/arithmetic';
import { MachineTrap } from '../../../src/reuse/machine/trap';
import { compile } from '../component/compile';

type Type = 'i32' | 'i64' | 'f32' | 'f64';

const values: Readonly<Record<Type, readonly (number | bigint)[]>> = {
  i32: [0, 1, -1, 2, 31, 32, 33, 0x7fffffff, -0x80000000, 0x12345678, -559038737],
  i64: [
    2n ** 62n + 2n ** 38n + 1n,
    -(2n ** 62n + 2n ** 38n + 1n),
    16777217n,
    0n,
    1n,
    -1n,
    63n,
    64n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    0x123456789abcdef0n,
    -0x80000000n,
    0xffffffffn,
  ],
  f32: [
    0,
    -0,
    1,
    -1.5,
    2.5,
    0.5,
    -0.4,
    3.5,
    1e10,
    -1e10,
    2 ** 31,
    -(2 ** 31),
    2 ** 63,
    Infinity,
    -Infinity,
  ].map(Math.fround),
  f64: [
    0,
    -0,
    1,
    -1.5,
    2.5,
    0.5,
    -0.4,
    4294967295.5,
    -2147483648.9,
    2 ** 31,
    1e300,
    2 ** 64,
    Infinity,
    -Infinity,
  ],
};

/** The operand types of a numeric instruction, from its name. */
function operandsOf(name: string): readonly Type[] {
  const type = name.slice(0, 3) as Type;
  const source = /_(i32|i64|f32|f64)(_[su])?$/.exec(name)?.[1] as Type | undefined;
  if (source !== undefined) return [source];
  const unary = /\.(eqz|clz|ctz|popcnt|abs|neg|ceil|floor|trunc|nearest|sqrt|extend\d+_s)$/.test(name);
  return unary ? [type] : [type, type];
}

function resultOf(name: string): Type {
  const isComparison = /\.(eqz|eq|ne|[lg][te](_[su])?)$/.test(name);
  return isComparison ? 'i32' : (name.slice(0, 3) as Type);
}

describe('arithmetic', () => {
  const functions: Record<string, (...args: (number | bigint)[]) => number | bigint> = {};
  const keys = Array.from({ length: 0xc4 - 0x45 + 1 }, (_, index) => 0x45 + index);

  before(async () => {
    const text = keys.map((key) => {
      const { name } = opcodeOf(key)!;
      const operands = operandsOf(name);
      const code = operands.map((_, index) => `(local.get ${String(index)})`).join(' ');
      return `(func (export "${name}") (param ${operands.join(' ')}) (result ${resultOf(name)}) (${name} ${code}))`;
    });
    const module = new WebAssembly.Module(new Uint8Array(await compile(`(module ${text.join('\n')})`)));
    Object.assign(functions, new WebAssembly.Instance(module, {}).exports);
  });

  for (const key of keys) {
    const { name } = opcodeOf(key)!;
    it(`computes ${name} as the engine does`, () => {
      const [first, second] = operandsOf(name);
      for (const left of values[first!]) {
        for (const right of second === undefined ? [null] : values[second]) {
          const args = right === null ? [left] : [left, right];
          assert.deepEqual(ours(key, args), engines(functions[name]!, args), `${name} ${args.join(' ')}`);
        }
      }
    });
  }
});

function ours(key: number, args: readonly (number | bigint)[]): unknown {
  const stack = [...args];
  try {
    arithmetic(key, stack);
    return stack[0];
  } catch (error) {
    if (error instanceof MachineTrap) return 'trap';
    throw error;
  }
}

function engines(
  func: (...args: (number | bigint)[]) => number | bigint,
  args: readonly (number | bigint)[],
): unknown {
  try {
    return func(...args);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return 'trap';
    throw error;
  }
}
