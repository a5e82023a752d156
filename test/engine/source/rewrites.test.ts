import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transpileBytes } from '@bytecodealliance/jco-transpile';
import { findIn } from '../../unit/source/support';
import { withEdits } from '../../unit/source/edits';
import { fixture } from '../../fixtures';
import { temporaryFolder } from '../../support/temporary-folder';
import { StartedCli } from '../support/cli';

/** How host programs make an instance of a component that jco has transpiled. */
const head = `import { readFileSync } from 'node:fs';
import { WASIShim } from '@bytecodealliance/preview2-shim/instantiation';
import { instantiate } from './hello/hello.js';

const module = (name) => new WebAssembly.Module(readFileSync(new URL(\`./hello/\${name}\`, import.meta.url)));
`;

const programs: readonly (readonly [what: string, text: string])[] = [
  [
    'a loop whose instance is made outside',
    `${head}const instance = await instantiate(module, new WASIShim().getImportObject());
for (let round = 0; round < 3; round++) {
  instance.run.run();
}
`,
  ],
  [
    'one call behind the other',
    `${head}const instance = await instantiate(module, new WASIShim().getImportObject());
instance.run.run();
instance.run.run();
instance.run.run();
`,
  ],
];

describe('the quick fix of a host program that runs a component again and again on one instance', () => {
  let folder: string;

  before(async () => {
    folder = temporaryFolder();
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction');
    const { files } = await transpileBytes(readFileSync(fixture('hello')), {
      name: 'hello',
      instantiation: 'async',
      nodejsCompat: false,
    });
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'hello', name)), { recursive: true });
      writeFileSync(join(folder, 'hello', name), content);
    }
  });

  for (const [what, text] of programs) {
    it(`makes ${what} run, which trapped before`, async () => {
      const before = await runProgram(text);
      assert.equal(before.hellos, 1);
      assert.match(before.errors, /unreachable/);
      const after = await runProgram(await mended(text));
      assert.deepEqual(after, { status: 0, hellos: 3, errors: '' });
    });
  }

  /** Applies quick fixes until nothing is left to report. */
  async function mended(text: string): Promise<string> {
    const [finding] = (await findIn('javascript', text)).secondRuns;
    if (finding === undefined) return text;
    assert.ok(finding.rewrite, 'there is a quick fix');
    return mended(withEdits(text, finding.rewrite.edits));
  }

  async function runProgram(
    text: string,
  ): Promise<{ status: number | null; hellos: number; errors: string }> {
    const file = join(folder, 'host.mjs');
    writeFileSync(file, text);
    const { status, stdout, stderr } = await new StartedCli(process.execPath, ['--no-warnings', file], {
      input: '',
    }).result;
    return { status, hellos: stdout.split('Hello from').length - 1, errors: stderr };
  }
});
