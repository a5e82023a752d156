import assert from 'node:assert/strict';
import { findIn } from './support';

/** `line:character name` of each entry point. */
async function found(languageId: string, text: string): Promise<readonly string[]> {
  return (await findIn(languageId, text)).entryPoints.map(
    ({ line, character, name }) => `${line}:${character} ${name}`,
  );
}

const cases: Readonly<
  Record<string, readonly (readonly [what: string, text: string, expected: readonly string[]])[]>
> = {
  javascript: [
    ['an exported object', 'export const run = {\n  run() {\n    console.log(1);\n  },\n};', ['1:2 run']],
    ['an async method', 'export const run = { async run() {} };', ['0:27 run']],
    ['a function in a field', 'export const run = { run: () => {} };', ['0:21 run']],
    ['a shorthand', 'function run() {}\nconst cli = { run };\nexport { cli as run };', ['1:14 run']],
    [
      'a class with a static method',
      'class Cli {\n  static run() {}\n}\nexport { Cli as run };',
      ['1:9 run'],
    ],
    ['an exported class', 'export class run {\n  static run() {}\n}', ['1:9 run']],
    ['a new instance', 'class Cli {\n  run() {}\n}\nexport const run = new Cli();', ['1:2 run']],
    [
      'an export by its full name',
      "const cli = { run() {} };\nexport { cli as 'wasi:cli/run@0.2.3' };",
      ['0:14 run'],
    ],
    ['a frozen object', 'export const run = Object.freeze({ run() {} });', ['0:35 run']],
    ['a function called run', 'export function run() {}', []],
    ['an object without run', 'export const run = { start() {} };', []],
    ['another name', 'export const runner = { run() {} };', []],
    ['no export', 'const run = { run() {} };', []],
    ['a comment', '// export const run = { run() {} };', []],
  ],
  typescript: [
    ['a typed object', 'export const run: typeof RunNamespace = {\n  run(): void {},\n};', ['1:2 run']],
    ['satisfies', 'export const run = { run() {} } satisfies Run;', ['0:21 run']],
    ['a cast', 'export const run = { run() {} } as Run;', ['0:21 run']],
    [
      'a field of a class',
      'class Cli {\n  run = (): void => {};\n}\nexport const run = new Cli();',
      ['1:2 run'],
    ],
  ],
  python: [
    [
      "componentize-py's class",
      'from wit_world import exports\n\nclass Run(exports.Run):\n    def run(self) -> None:\n        print(1)',
      ['3:8 run'],
    ],
    [
      'a class with another name',
      'import wit_world\nclass Command(wit_world.exports.Run):\n    async def run(self): pass',
      ['2:14 run'],
    ],
    ['a class without a base', 'import wit_world\nclass Run:\n    def run(self): pass', ['2:8 run']],
    ['a runner', 'from wit_world import exports\nclass Runner(Base):\n    def run(self): pass', []],
    ['a thread', 'class Run(threading.Thread):\n    def run(self): pass', []],
    [
      'another method',
      'from wit_world import exports\nclass Run(exports.Run):\n    def start(self): pass',
      [],
    ],
  ],
  go: [
    ['main', 'package main\n\nfunc main() {}', ['2:5 main']],
    [
      "wit-bindgen-go's export",
      'package main\n\nfunc init() {\n\trun.Exports.Run = func() cm.BoolResult { return cm.ResultOK }\n}\n\nfunc main() {}',
      ['3:1 run.Exports.Run', '6:5 main'],
    ],
    ['main of another package', 'package tool\n\nfunc main() {}', []],
    ['a method', 'package main\n\nfunc (a A) main() {}', []],
    ['a comment', 'package main\n\n// func main() {}\n', []],
  ],
  rust: [
    ['main', 'fn main() {}', ['0:3 main']],
    [
      "an implementation of wit-bindgen's trait",
      'use exports::wasi::cli::run::Guest;\n\nimpl Guest for Component {\n    fn run() -> Result<(), ()> { Ok(()) }\n}',
      ['3:7 run'],
    ],
    [
      'an implementation by its path',
      'impl exports::wasi::cli::run::Guest for C {\n    fn run() {}\n}',
      ['1:7 run'],
    ],
    [
      'an implementation under another name',
      'use crate::exports::wasi::cli::run::{Guest as Run};\nmod inner {\n    impl Run for super::C {\n        fn run() {}\n    }\n}',
      ['3:11 run'],
    ],
    [
      'an implementation of another Guest',
      'use exports::local::plugin::Guest;\nimpl Guest for C {\n    fn run() {}\n}',
      [],
    ],
  ],
  wat: [
    [
      'an export of a component',
      '(component\n  (export "wasi:cli/run@0.2.0" (instance $run))\n)',
      ['1:11 wasi:cli/run@0.2.0'],
    ],
    [
      'an export with an id',
      '(component (export $r "wasi:cli/run@0.3.0" (instance 0)))',
      ['0:23 wasi:cli/run@0.3.0'],
    ],
    [
      'an export of an inner component',
      '(component (component (export "wasi:cli/run@0.2.0" (instance 0))))',
      [],
    ],
    ['an import', '(component (import "wasi:cli/run@0.2.0" (instance)))', []],
    [
      'comments',
      '(component ;; (export "wasi:cli/run" (instance 0))\n(; (export "wasi:cli/run" (instance 0)) ;))',
      [],
    ],
    ['a core export', '(module (export "wasi:cli/run@0.2.0#run" (func 0)))', []],
  ],
  plaintext: [['anything', 'fn main() {}', []]],
};

for (const [languageId, texts] of Object.entries(cases)) {
  describe(`guest entry points in ${languageId}`, () => {
    for (const [what, text, expected] of texts) {
      it(`are ${expected.length} in ${what}`, async () => {
        assert.deepEqual(await found(languageId, text), expected);
      });
    }
  });
}
