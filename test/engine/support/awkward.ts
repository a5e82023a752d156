import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instance } from '../../../src/instance/registry';
import { temporaryFolder } from '../../support/temporary-folder';
import { Output, type TestEngine } from '../harness';

const sources: Readonly<Record<string, string>> = {
  'host-number': 'export default (n) => n + 1;',
  token:
    'export default class { constructor(n) { this.n = n; } value() { return this.n; } static double(n) { return 2 * n; } }',
  'test:versions/number@1.0.0': 'export const number = () => 11;',
  'test:versions/number@2.0.0': 'export const number = () => 22;',
};

/** Starts the fixture `awkward` with modules for all that it imports. */
export function startAwkward(test: TestEngine): Promise<Instance> {
  const folder = temporaryFolder();
  const modules = Object.entries(sources).map(([name, source], index) => {
    const path = join(folder, `awkward-${String(index)}.mjs`);
    writeFileSync(path, source);
    return { interface: name, path };
  });
  return test.start('awkward', { modules }, new Output());
}
