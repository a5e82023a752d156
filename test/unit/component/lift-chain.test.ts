import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { liftChain, type LiftChain } from '../../../src/component/lift-chain';
import { readComponent } from '../../../src/component/read-component';
import { fixture } from '../../fixtures';

function chainOf(name: string, interfaceName = 'wasi:cli/run@0.2.12'): LiftChain | null {
  const component = readComponent(readFileSync(fixture(name)));
  assert.ok(component.ok);
  return liftChain(component.value, interfaceName, 'run');
}

/** The functions on the way as `module: function`, adapters in brackets. */
function functionsOf(chain: LiftChain | null): readonly string[] | undefined {
  return chain?.functions.map(({ module, func, adapter }) => {
    const name = `${String(module)}: ${func ?? 'nameless'}`;
    return adapter ? `[${name}]` : name;
  });
}

describe('the way from an export to core code', () => {
  it('goes through the adapter of a command to its _start, with names or without', () => {
    for (const name of ['hello', 'status-o2', 'status-lto', 'status-stripped'])
      assert.deepEqual(functionsOf(chainOf(name)), ['[1: wasi:cli/run@0.2.12#run]', '0: _start'], name);
  });

  it('ends at the lifted function where nothing adapts it', () => {
    const chain = chainOf('p2-native');
    assert.deepEqual([chain?.lift, chain?.coreExport], ['sync', 'wasi:cli/run@0.2.12#run']);
    assert.deepEqual(functionsOf(chain), ['0: run.command_export']);
    assert.deepEqual(functionsOf(chainOf('counter', 'wasi:cli/run@0.2.0')), ['0: run']);
  });

  it('tells how an async function is lifted', () => {
    const chain = chainOf('async-ok', 'wasi:cli/run@0.3.0');
    assert.deepEqual(
      [chain?.lift, chain?.coreExport],
      ['async-callback', '[async-lift]wasi:cli/run@0.3.0#run'],
    );
    assert.equal(chainOf('async-sync', 'wasi:cli/run@0.3.0')?.lift, 'sync');
  });

  it('is not there for an export that the component does not have', () => {
    assert.equal(chainOf('greeter'), null);
    assert.equal(chainOf('hello', 'wasi:cli/run@9.9.9'), null);
  });
});
