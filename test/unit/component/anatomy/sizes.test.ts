import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mutate } from '../../../../scripts/corpus/mutate.mjs';
import { watCases } from '../../../../scripts/corpus/wat-cases.mjs';
import { readSizes } from '../../../../src/component/anatomy/read-sizes';
import { mostOrigins, mostSizeRows, type SizeTable } from '../../../../src/component/anatomy/sizes';
import { fixture } from '../../../fixtures';
import { compile } from '../compile';
import { allFixtures } from './all-fixtures';

/** What does not add up in a table, nothing if all does. */
function mistakes({ fileBytes, rows, origins, functionCount }: SizeTable): readonly string[] {
  const inside = new Map<number, number>();
  for (const { parent, bytes } of rows)
    if (parent !== null) inside.set(parent, (inside.get(parent) ?? 0) + bytes);
  const found = rows
    .filter(({ id, bytes }) => (inside.get(id) ?? bytes) !== bytes)
    .map(({ id, kind }) => `row ${String(id)} (${kind}) is not the sum of what is in it`);
  const leaves = rows.filter(({ id }) => !inside.has(id)).reduce((sum, { bytes }) => sum + bytes, 0);
  if (leaves !== fileBytes) found.push(`rows: ${String(leaves)} of ${String(fileBytes)}`);
  const byOrigin = origins.reduce((sum, { bytes }) => sum + bytes, 0);
  if (byOrigin !== fileBytes) found.push(`origins: ${String(byOrigin)} of ${String(fileBytes)}`);
  const functions = origins.reduce((sum, each) => sum + each.functions, 0);
  if (functions !== functionCount) found.push(`functions: ${String(functions)} of ${String(functionCount)}`);
  if (rows.some(({ id, parent }) => parent !== null && parent >= id)) found.push('a child before its parent');
  if (rows.some(({ bytes }) => bytes < 0)) found.push('a size below zero');
  return found;
}

describe('the sizes of a file', () => {
  it('add up to the size of every fixture', () => {
    for (const [name, bytes] of allFixtures()) assert.deepEqual(mistakes(readSizes(bytes)), [], name);
  });

  it('name sections, functions with their files and crates, and data', () => {
    const { rows, origins } = readSizes(readFileSync(fixture('trap')));
    const main = rows.find(({ kind, name }) => kind === 'function' && name === 'main');
    assert.ok(main !== undefined && main.origin !== null);
    assert.deepEqual(origins[main.origin]?.kind, 'file');
    assert.match(origins[main.origin]?.name ?? '', /trap\.c$/);
    const path = [];
    for (
      let row = rows[main.parent ?? 0];
      row !== undefined;
      row = row.parent === null ? undefined : rows[row.parent]
    )
      path.push(`${row.kind} ${row.node ?? ''}`.trim());
    assert.deepEqual(path, ['code', 'module m0', 'component c0', 'file']);
    const crate = origins.find(({ kind, name }) => kind === 'crate' && name === 'wasi_snapshot_preview1');
    assert.ok(crate !== undefined && crate.functions > 10);
    assert.ok(rows.some(({ kind, index }) => kind === 'segment' && index === 0));
    assert.ok(rows.some(({ kind, name }) => kind === 'custom' && name === '.debug_info'));
  });

  it('have a limit of rows and origins, and a row for the rest', async () => {
    const functions = Array.from(
      { length: mostSizeRows + 100 },
      (_, index) => `(func $"ns${String(index)}::f" ${'nop '.repeat(index % 7)})`,
    );
    const table = readSizes(await compile(`(module ${functions.join('\n')})`));
    assert.deepEqual(mistakes(table), []);
    assert.equal(table.functionCount, functions.length);
    const shown = table.rows.filter(({ kind }) => kind === 'function');
    const rest = table.rows.find(({ kind }) => kind === 'rest');
    assert.ok(rest !== undefined);
    assert.ok(shown.length <= mostSizeRows);
    assert.equal(rest.count, functions.length - shown.length);
    assert.ok(shown.every(({ bytes }) => bytes >= rest.bytes / rest.count));
    assert.equal(table.origins.length, mostOrigins);
    assert.ok(table.origins.some(({ kind }) => kind === 'others'));
  });

  it('tell what can be read of a file that ends too early', () => {
    const whole = readFileSync(fixture('trap'));
    const table = readSizes(whole.subarray(0, 20_000));
    assert.deepEqual(mistakes(table), []);
    assert.ok(table.functionCount > 20);
    assert.ok(table.rows.some(({ kind, bytes }) => kind === 'unreadable' && bytes > 0));
  });

  it('of what is no WebAssembly are one row', () => {
    const table = readSizes(Buffer.from('This is a text, not a component.'));
    assert.deepEqual(
      table.rows.map(({ kind, bytes }) => [kind, bytes]),
      [
        ['file', 32],
        ['unreadable', 32],
      ],
    );
    assert.deepEqual(mistakes(readSizes(new Uint8Array())), []);
  });

  it('add up whatever is damaged, in bounded time', async function () {
    this.timeout(60_000);
    const originals = await Promise.all(Object.values(watCases).map(({ wat }) => compile(wat)));
    originals.push(readFileSync(fixture('trap')), readFileSync(fixture('shapes')));
    for (let seed = 1; seed <= 2000; seed++) {
      const damaged = mutate(originals[seed % originals.length]!, seed);
      assert.deepEqual(mistakes(readSizes(damaged)), [], `seed ${String(seed)}`);
    }
  });

  it('of a very large module take a second or so, with progress', function () {
    this.timeout(30_000);
    const bytes = readFileSync('node_modules/@yowasp/clang/gen/llvm.core.wasm');
    let told = 0;
    const started = performance.now();
    const table = readSizes(bytes, (done, total) => {
      told += 1;
      assert.ok(done <= total && total === bytes.length);
    });
    assert.ok(performance.now() - started < 5000);
    assert.deepEqual(mistakes(table), []);
    assert.ok(told > 10);
  });
});
