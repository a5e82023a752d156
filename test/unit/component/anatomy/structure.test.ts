import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mutate } from '../../../../scripts/corpus/mutate.mjs';
import { watCases } from '../../../../scripts/corpus/wat-cases.mjs';
import { readOverview } from '../../../../src/component/anatomy/read-overview';
import { readSizes } from '../../../../src/component/anatomy/read-sizes';
import { mostNames, mostNodes, type Structure } from '../../../../src/component/anatomy/structure';
import { fixture } from '../../../fixtures';
import { compile } from '../compile';
import { allFixtures } from './all-fixtures';

function structureOf(bytes: Uint8Array): Structure {
  const { structure } = readOverview(bytes);
  assert.ok(structure !== null);
  return structure;
}

function lines({ nodes }: Structure): readonly string[] {
  return nodes.map(({ id, kind, parent, name, role, of, imports }) => {
    const from = imports.map((each) => `${each.name} <- ${each.from ?? 'none'} (${String(each.items)})`);
    return [id, kind, parent, name, role, of, ...from].filter((part) => part !== null).join(' ');
  });
}

describe('the structure of a file', () => {
  it('names the modules and instances of nested components, and who gives what to whom', async () => {
    const structure = structureOf(await compile(watCases['run-through-another-component']!.wat));
    assert.deepEqual(lines(structure), [
      'c0 component wasi:random/random@0.2.0 <- c0.i:wasi:random/random@0.2.0 (1) wasi:cli/exit@0.2.0 <- c0.i:wasi:cli/exit@0.2.0 (1)',
      'c0.i:wasi:random/random@0.2.0 import c0 wasi:random/random@0.2.0',
      'c0.i:wasi:cli/exit@0.2.0 import c0 wasi:cli/exit@0.2.0',
      'c1 component c0 inner wasi:random/random@0.2.0 <- c1.i:wasi:random/random@0.2.0 (1) wasi:cli/exit@0.2.0 <- c1.i:wasi:cli/exit@0.2.0 (1)',
      'c1.i:wasi:random/random@0.2.0 import c1 wasi:random/random@0.2.0',
      'c1.i:wasi:cli/exit@0.2.0 import c1 wasi:cli/exit@0.2.0',
      'm0 module c1 main main host <- none (2)',
      'c1.k1 core-instance c1 i main m0 host <- c1.i:wasi:random/random@0.2.0 (1) host <- c1.i:wasi:cli/exit@0.2.0 (1)',
      'c2 component c0 outer run <- c2.i:run (1)',
      'c2.i:run import c2 run',
      'm1 module c2 m main  <- none (1)',
      'c2.k1 core-instance c2 i main m1  <- c2.i:run (1)',
      'c0.n0 instance c0 c c1 wasi:random/random@0.2.0 <- c0.i:wasi:random/random@0.2.0 (1) wasi:cli/exit@0.2.0 <- c0.i:wasi:cli/exit@0.2.0 (1)',
      'c0.n1 instance c0 o c2 run <- c0.n0 (1)',
    ]);
    assert.deepEqual(structure.nodes[0]?.exports, [
      { name: 'wasi:cli/run@0.2.0', kind: 'instance', from: 'c0.n1' },
    ]);
  });

  for (const name of ['trap', 'trap-stripped'])
    it(`tells the program from the modules that wit-component adds (${name})`, () => {
      const { nodes } = structureOf(readFileSync(fixture(name)));
      assert.deepEqual(
        nodes.filter(({ kind }) => kind === 'module').map(({ id, role }) => [id, role]),
        [
          ['m0', 'main'],
          ['m1', 'adapter'],
          ['m2', 'shim'],
          ['m3', 'fixups'],
        ],
      );
    });

  it('of a core module has the modules that it imports from', async () => {
    const structure = structureOf(
      await compile(`(module (import "env" "a" (func)) (import "env" "b" (func)) (import "x" "c" (memory 1))
        (func (export "f")))`),
    );
    assert.equal(structure.kind, 'module');
    assert.deepEqual(lines(structure), [
      'm0 module main env <- m0.i:env (2) x <- m0.i:x (1)',
      'm0.i:env import m0 env',
      'm0.i:x import m0 x',
    ]);
    assert.deepEqual(structure.nodes[0]?.exports, [{ name: 'f', kind: 'func', from: null }]);
  });

  it('has unique ids that its references name, and rows of the sizes too', () => {
    for (const [name, bytes] of allFixtures()) {
      const { structure } = readOverview(bytes);
      if (structure === null) continue;
      const ids = new Set(structure.nodes.map(({ id }) => id));
      assert.equal(ids.size, structure.nodes.length, name);
      const references = structure.nodes.flatMap(({ parent, of, imports, exports }) => [
        parent,
        of,
        ...imports.map(({ from }) => from),
        ...exports.map(({ from }) => from),
      ]);
      assert.deepEqual(
        references.filter((id) => id !== null && !ids.has(id)),
        [],
        name,
      );
      const ranges = new Map(structure.nodes.map(({ id, range }) => [id, range]));
      for (const { node, bytes: size, start } of readSizes(bytes).rows)
        if (node !== null)
          assert.deepEqual(ranges.get(node), { start, end: start + size }, `${name} ${node}`);
    }
  });

  it('is not there for a file that is damaged, and the reason is', () => {
    const { structure, problem, facts } = readOverview(readFileSync(fixture('trap')).subarray(0, 40_000));
    assert.equal(structure, null);
    assert.deepEqual([problem?.kind, problem?.offset], ['truncated', 40_000]);
    assert.equal(facts.debug.variables, true);
  });

  it('has a limit of nodes and names', async () => {
    const instances = Array.from({ length: mostNodes + 10 }, () => '(core instance (instantiate $m))');
    const exports = Array.from(
      { length: mostNames + 10 },
      (_, index) => `(export "e${String(index)}" (func $f))`,
    );
    const { nodes, leftOut } = structureOf(
      await compile(`(component (core module $m (func $f) ${exports.join(' ')}) ${instances.join(' ')})`),
    );
    assert.equal(nodes.length, mostNodes);
    assert.equal(leftOut, 12);
    const [, module] = nodes;
    assert.deepEqual([module?.exports.length, module?.exportCount], [mostNames, mostNames + 10]);
  });

  it('is read in bounded time and without a throw, whatever is damaged', async function () {
    this.timeout(60_000);
    const originals = await Promise.all(Object.values(watCases).map(({ wat }) => compile(wat)));
    originals.push(readFileSync(fixture('trap')));
    for (let seed = 1; seed <= 2000; seed++) readOverview(mutate(originals[seed % originals.length]!, seed));
  });

  it('of a very large module takes some tenths of a second at most', () => {
    const bytes = readFileSync('node_modules/@yowasp/clang/gen/llvm.core.wasm');
    const started = performance.now();
    assert.equal(structureOf(bytes).nodes[0]?.range?.end, bytes.length);
    assert.ok(performance.now() - started < 500);
  });
});
