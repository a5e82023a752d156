import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFunctions } from '../../../../src/component/anatomy/find-functions';
import { readOverview } from '../../../../src/component/anatomy/read-overview';
import { fixture } from '../../../fixtures';
import { temporaryFolder } from '../../../support/temporary-folder';

/** The sizes of a core module's functions by index, as wabt's wasm-objdump prints them: ` - func[12] size=34 <main>`. */
function dumpedSizes(file: string): ReadonlyMap<number, number> {
  const { stdout } = spawnSync('wasm-objdump', ['-x', '-j', 'Code', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const lines = stdout.matchAll(/^ - func\[(\d+)\] size=(\d+)/gm);
  return new Map([...lines].map(([, index, size]) => [Number(index), Number(size)]));
}

describe('the sizes of functions', () => {
  for (const name of ['trap', 'files', 'shapes'])
    it(`are those that wasm-objdump prints (${name})`, function () {
      if (spawnSync('wasm-objdump', ['--version']).status !== 0) this.skip();
      this.timeout(60_000);
      const bytes = readFileSync(fixture(name));
      const modules = readOverview(bytes).structure?.nodes.filter(({ kind }) => kind === 'module') ?? [];
      const found = findFunctions(bytes, '', Infinity).found;
      const folder = temporaryFolder();
      for (const [number, { range }] of modules.entries()) {
        assert.ok(range !== null);
        const file = join(folder, `${String(number)}.wasm`);
        writeFileSync(file, bytes.subarray(range.start, range.end));
        const ours = found.filter(({ module }) => module === number);
        const sizes = new Map(
          ours.sort((a, b) => a.index - b.index).map(({ index, bytes: size }) => [index, size]),
        );
        assert.deepEqual(sizes, dumpedSizes(file));
      }
      assert.ok(found.length > 50);
    });
});
