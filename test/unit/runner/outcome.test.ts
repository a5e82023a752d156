import assert from 'node:assert/strict';
import { trapOf, type Trap } from '../../../src/component/trap';
import { trapText } from '../../../src/words/outcome';
import { ExitSignal, ModuleError, outcomeOfError, OutputClosed } from '../../../src/runner/outcome';
import { Deadlock } from '../../../src/runner/while-alive';
import { compile } from '../component/compile';

describe('what the exception that left a call means', () => {
  it('is a trap of a kind for what V8 throws', async () => {
    const kindOf = async (body: string) => {
      const outcome = outcomeOfError(await thrownBy(body));
      return outcome.type === 'trapped' ? outcome.kind : outcome.type;
    };
    assert.equal(await kindOf('unreachable'), 'unreachable');
    assert.equal(await kindOf('i32.const -4 i32.load drop'), 'memory-out-of-bounds');
    assert.equal(await kindOf('i32.const 1 i32.const 0 i32.div_s drop'), 'divide-by-zero');
    assert.equal(await kindOf('i32.const 1 i32.const 0 i32.rem_u drop'), 'divide-by-zero');
    assert.equal(await kindOf('i32.const 0x80000000 i32.const -1 i32.div_s drop'), 'integer-overflow');
    assert.equal(await kindOf('f32.const nan i32.trunc_f32_s drop'), 'invalid-conversion');
    assert.equal(await kindOf('i32.const 0 call_indirect'), 'bad-indirect-call');
    assert.equal(await kindOf('i32.const 9 call_indirect'), 'table-out-of-bounds');
    assert.equal(await kindOf('call 0'), 'stack-exhausted');
  });

  it('is a failed import for what a host function throws, with its fault', () => {
    const fault = { code: 'promise', interface: 'a:b/c', key: 'read' } as const;
    const trap = trapOfError(new ModuleError(fault));
    assert.deepEqual(trap, { kind: 'import-failed', fault });
    assert.equal(
      trapText(trap),
      'the module for a:b/c failed in read: it returned a promise, but read is not async',
    );
    assert.deepEqual(trapOfError('gone'), { kind: 'import-failed', fault: { code: 'threw', words: 'gone' } });
  });

  it('tells a call that can never return, an exit and a closed output apart', () => {
    assert.deepEqual(trapOfError(new Deadlock('…')), { kind: 'never-returns' });
    assert.deepEqual(outcomeOfError(new ExitSignal(3)), { type: 'exited', code: 3 });
    assert.deepEqual(outcomeOfError(new OutputClosed()), { type: 'output-closed' });
  });

  it("is the engine's fault for errors in jco's own code, which no guest can make", () => {
    for (const error of [
      new TypeError("Cannot destructure property 'subtaskID' of 'undefined' as it is undefined."),
      new TypeError('task.resolve is not a function'),
      new ReferenceError('trampoline9 is not defined'),
      new Error('task [2] is already resolved (did you forget to wait for an import?)'),
    ])
      assert.equal(trapOfError(error).kind, 'engine-failed', error.message);
    assert.match(
      trapText(trapOfError(new TypeError('x is not a function'))),
      /not the fault of the component, .*\/jco\/issues$/,
    );
    assert.equal(trapOfError(new TypeError('invalid variant discriminant for expected')).kind, 'other');
  });

  it('has the words of an error that is not known', () => {
    const trap = trapOfError(new TypeError('no such thing'));
    assert.deepEqual(trap, { kind: 'other', words: 'TypeError: no such thing' });
    assert.equal(trapText(trap), 'TypeError: no such thing');
  });
});

function trapOfError(error: unknown): Trap {
  const outcome = outcomeOfError(error);
  if (outcome.type !== 'trapped') throw new Error(outcome.type);
  return trapOf(outcome.kind, outcome.message, outcome.fault);
}

/** What calling a function with this body throws. */
async function thrownBy(body: string): Promise<unknown> {
  const bytes = await compile(`(module (memory 1) (table 2 funcref) (func (export "f") ${body}))`);
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as { f: () => void };
  try {
    f();
  } catch (error) {
    return error;
  }
  throw new Error(`${body} does not trap`);
}
