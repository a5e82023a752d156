import assert from 'node:assert/strict';
import { run } from '../support/cli';
import { Arena, stateOf } from './arena';

/** A guest that ends by itself, in a way that must not reach beyond its instance. */
interface Ending {
  readonly title: string;
  readonly fixture: string;
  readonly args?: readonly string[];
  /** The state in the tree, in words. */
  readonly state: string;
  /** The exit status of `fresh-instance run`. */
  readonly status: number;
  /** All of what it printed: nothing that was written before the end is lost. */
  readonly stdout: string;
}

const unreachable = 'wasm `unreachable` instruction executed';
const outOfBounds = 'out of bounds memory access';

const trap = (way: string, message: string): Ending => ({
  title: `traps by ${way}`,
  fixture: 'trap',
  args: [way],
  state: `trapped: ${message}`,
  status: 134,
  stdout: 'before\n',
});

const endings: readonly Ending[] = [
  trap('unreachable', unreachable),
  trap('out-of-bounds', outOfBounds),
  trap('divide-by-zero', 'integer divide by zero'),
  trap('integer-overflow', 'integer overflow'),
  trap('bad-conversion', 'invalid conversion to integer'),
  trap('null-call', 'null function or function signature mismatch'),
  trap('wrong-signature', 'null function or function signature mismatch'),
  trap('undefined-element', 'out of bounds table access'),
  trap('memory-fill', outOfBounds),
  trap('abort', unreachable),
  trap('assert', unreachable),
  {
    title: "recurses until the engine's stack is full",
    fixture: 'recurse',
    args: ['wasm'],
    state: 'trapped: call stack exhausted',
    status: 134,
    stdout: 'recursing\n',
  },
  {
    title: 'recurses until the C stack is full',
    fixture: 'recurse',
    args: ['shadow'],
    state: `trapped: ${outOfBounds}`,
    status: 134,
    stdout: 'recursing\n',
  },
  {
    title: 'exits in mid-line',
    fixture: 'truncated-output',
    args: ['exit', '3'],
    state: 'exited 1',
    status: 1,
    stdout: 'half a line',
  },
  {
    title: 'exits with success in mid-line',
    fixture: 'truncated-output',
    args: ['exit', '0'],
    state: 'exited 0',
    status: 0,
    stdout: 'half a line',
  },
  {
    title: 'ends at once in mid-line',
    fixture: 'truncated-output',
    args: ['_Exit', '1'],
    state: 'exited 1',
    status: 1,
    stdout: 'half a line',
  },
  {
    title: 'traps in mid-line',
    fixture: 'truncated-output',
    args: ['trap'],
    state: `trapped: ${unreachable}`,
    status: 134,
    stdout: 'half a line',
  },
  {
    title: 'grows to 4 GiB',
    fixture: 'grow',
    args: ['max'],
    state: 'ready',
    status: 0,
    stdout: 'growing\nrefused after 4095 MiB, memory has 65536 pages\n',
  },
  {
    title: 'closes its stdout',
    fixture: 'close-stdout',
    state: 'ready',
    status: 0,
    stdout: 'before\n',
  },
  {
    title: 'prints a megabyte and traps',
    fixture: 'flood',
    args: ['1000000', 'stdout', 'trap'],
    state: `trapped: ${unreachable}`,
    status: 134,
    stdout: floodText(1_000_000),
  },
  {
    title: 'prints a megabyte and exits',
    fixture: 'flood',
    args: ['1000000', 'stdout', 'exit'],
    state: 'exited 1',
    status: 1,
    stdout: floodText(1_000_000),
  },
];

describe('a guest that', () => {
  const arena = new Arena();
  before(() => arena.open());
  afterEach(() => arena.close());
  after(() => arena.dispose());

  for (const { title, fixture, args = [], state, status, stdout } of endings) {
    it(`${title} is ${state}, with status ${String(status)}`, async () => {
      const { instance, output } = await arena.fight(fixture, { args });
      assert.equal(stateOf(instance), state);
      assert.equal(output.stdout, stdout);
      const command = await run(fixture, '--', ...args);
      assert.equal(command.status, status);
      assert.equal(command.stdout, stdout);
      assert.deepEqual(command.leftBehind, []);
    });
  }
});

function floodText(length: number): string {
  return '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-\n'
    .repeat(Math.ceil(length / 64))
    .slice(0, length);
}
