import assert from 'node:assert/strict';
import { mayMatter } from '../../../src/source/languages';
import { isTranspiledModule } from '../../../src/source/host/host-findings';
import { findIn, openDocument } from './support';

const program = `import { instantiate } from './hello/hello.js';

const instance = await instantiate(undefined, {});
for (let i = 0; i < 3; i++) {
  instance.run.run();
}
`;

describe('a source document', () => {
  it('finds after each edit what a new document of the same text would find', async () => {
    const document = openDocument('javascript', program);
    let text = program;
    for (const [old, replacement] of [
      ['instance.run.run();', 'instance.run.run();\n  console.log(i);'],
      ['const instance = await instantiate(undefined, {});\n', ''],
      ['  instance.run', '  const instance = await instantiate(undefined, {});\n  instance.run'],
      ['for (let i = 0; i < 3; i++) {', 'const ähm = "🎉";\r\nwhile (next()) {'],
      ['  const instance = await instantiate(undefined, {});\n', ''],
      ['const ähm', 'const instance = await instantiate(undefined, {});\nconst ähm'],
    ] as const) {
      const start = text.indexOf(old);
      const end = start + old.length;
      document.edit([{ start, end, text: replacement }]);
      text = text.slice(0, start) + replacement + text.slice(end);
      assert.deepEqual(await document.find(), await findIn('javascript', text), text);
    }
    document.dispose();
  });

  it('reports code that is nested too deeply, without second runs', async () => {
    const nested = (depth: number) =>
      `${program}${'if (a) {'.repeat(depth)}instance.run.run();${'}'.repeat(depth)}\n`;
    assert.equal((await findIn('javascript', nested(10))).tooDeep, undefined);
    assert.deepEqual(await findIn('javascript', nested(20_000)), {
      entryPoints: [],
      secondRuns: [],
      tooDeep: true,
    });
    assert.equal((await findIn('javascript', program)).secondRuns.length, 1);
  });

  it('reports where the second run, the first one, the instantiation and the calls between are', async () => {
    const text = `import { instantiate } from './hello/hello.js';
const instance = await instantiate(undefined, {});
function once() {
  instance.run.run();
}
once();
instance.run.run();
once();
`;
    const { secondRuns } = await findIn('javascript', text);
    assert.deepEqual(
      secondRuns.map(({ rewrite: _, ...finding }) => finding),
      [
        {
          range: { start: { line: 6, character: 0 }, end: { line: 6, character: 18 } },
          first: { start: { line: 3, character: 2 }, end: { line: 3, character: 20 } },
          isRepeated: false,
          instantiation: { start: { line: 1, character: 23 }, end: { line: 1, character: 49 } },
          via: [],
          component: { type: 'module', specifier: './hello/hello.js' },
        },
        {
          range: { start: { line: 7, character: 0 }, end: { line: 7, character: 6 } },
          first: { start: { line: 5, character: 0 }, end: { line: 5, character: 6 } },
          isRepeated: false,
          instantiation: { start: { line: 1, character: 23 }, end: { line: 1, character: 49 } },
          via: [],
          component: { type: 'module', specifier: './hello/hello.js' },
        },
      ],
    );
  });

  it('names the .wasm file that the program names', async () => {
    const text = `fn main() -> Result<()> {
    let component = Component::from_file(&engine, "guests/hello.wasm")?;
    let command = Command::instantiate(&mut store, &component, &linker)?;
    command.wasi_cli_run().call_run(&mut store)?.ok();
    command.wasi_cli_run().call_run(&mut store)?.ok();
    Ok(())
}`;
    const { secondRuns } = await findIn('rust', text);
    assert.deepEqual(
      secondRuns.map(({ component }) => component),
      [{ type: 'file', path: 'guests/hello.wasm' }],
    );
  });

  it('ends in time for nested loops and functions that call each other', async () => {
    const nested = `${'for (;a;) { '.repeat(14)}b(); run.run();${' }'.repeat(14)}`;
    const text = `import { run } from './hello/hello.js';\nfunction b() { c(); c(); run.run(); }\nfunction c() { b(); b(); run.run(); }\n${nested}\n`;
    const start = performance.now();
    assert.ok((await findIn('javascript', text)).secondRuns.length > 0);
    assert.ok(performance.now() - start < 3000);
  });

  it('accepts unfinished text', async () => {
    for (let length = 0; length < program.length; length += 7)
      await findIn('javascript', program.slice(0, length));
  });
});

describe('the cheap test', () => {
  for (const [languageId, text] of [
    ['javascript', "import { run } from './a.js';\nconsole.log('run');"],
    ['typescript', "import { describe, it } from 'mocha';\nrunner.run();"],
    ['rust', 'pub fn run() {}\nstruct Main;'],
    ['python', 'def run():\n    pass\n'],
    ['go', 'package tool\nfunc Run() {}'],
    ['c', 'int domain(void) { return 0; }'],
    ['plaintext', 'fn main() {}'],
    ['constructor', 'fn main() {}'],
  ] as const) {
    it(`lets ordinary ${languageId} go`, () => {
      assert.equal(mayMatter(languageId, text), false);
    });
  }
});

describe('a module that jco made', () => {
  it('is recognised by its directive', () => {
    assert.equal(isTranspiledModule('"use components";\nimport { a } from "b";'), true);
    assert.equal(isTranspiledModule('"use jco";\nexport {};'), true);
    assert.equal(isTranspiledModule('export const run = { run() {} };'), false);
    assert.equal(isTranspiledModule('console.log(\'"use components"\');'), false);
  });
});
