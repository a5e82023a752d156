import assert from 'node:assert/strict';
import { findEntryPoints } from '../../../src/source/entry-points';

/** `line:character name` of each entry point. */
function found(languageId: string, text: string): readonly string[] {
  return findEntryPoints(languageId, text).map(({ line, character, name }) => `${line}:${character} ${name}`);
}

describe('entry points of C and C++', () => {
  for (const [what, text, expected] of [
    ['main', 'int main(void) {\n}', ['0:4 main']],
    [
      'main over two lines, with CRLF',
      '#include <a.h>\r\nint\r\nmain(int argc, char **argv)\r\n{\r\n}',
      ['2:0 main'],
    ],
    ['old-style parameters', 'int main(argc, argv) int argc; char **argv; { return 0; }', ['0:4 main']],
    ['a trailing return type', 'auto main() -> int { }', ['0:5 main']],
    ['main in extern "C"', 'extern "C" {\nint main() { return 0; }\n}\n', ['1:4 main']],
    [
      'main after a function of each branch',
      '#ifdef A\nint f() {\n#else\nint f(int a) {\n#endif\n}\nint main() {}',
      ['6:4 main'],
    ],
    [
      'both branches of a condition',
      '#if A\nint main() {}\n#else\nint main(void) {}\n#endif',
      ['1:4 main', '3:4 main'],
    ],
    [
      'the run of wit-bindgen',
      'bool exports_wasi_cli_run_run(void) { return true; }',
      ['0:5 exports_wasi_cli_run_run'],
    ],
    [
      'functions that are exported as run',
      '__attribute__((export_name("wasi:cli/run@0.2.0#run")))\nint a(void) {}\n__attribute__((export_name("wasi:cli/run@0.3.0#run"))) int b(void) {}',
      ['0:28 wasi:cli/run@0.2.0', '2:28 wasi:cli/run@0.3.0'],
    ],
    [
      'a function that is exported as another',
      '__attribute__((export_name("a:b/run#run"))) int a(void) {}',
      [],
    ],
    ['main after digit separators', "int a = 1'000; char b = '{';\nint main() {}", ['1:4 main']],
    ['main after a raw string', 'auto s = R"x({ )" )x";\nint main() {}', ['1:4 main']],
    ['a declaration', 'int main(void);', []],
    ['a call', 'int x = main(0, 0);', []],
    ['a comment', '// int main() {}\n/* int main() {} */', []],
    ['a continued line comment', '// a \\\nint main() {}', []],
    ['a string', 'const char *s = "int main() {}";', []],
    ['a macro', '#define M int main() { \\\n return 0; }', []],
    ['text that is switched off', '#if 0\nint main() {}\n#endif', []],
    ['the branch after switched-off text', '#if 0\nint f() {\n#else\nint main() {}\n#endif', ['3:4 main']],
    ['a method', 'int A::main() {}\nstruct B { int main() {} };', []],
    ['another name', 'int main2() {}\nint domain() {}', []],
  ] as const) {
    it(`finds ${expected.length} in ${what}`, () => {
      assert.deepEqual(found('cpp', text), expected);
      assert.deepEqual(found('c', text), expected);
    });
  }
});

describe('entry points of Rust', () => {
  for (const [what, text, expected] of [
    ['main', 'use a::b;\n\nfn main() {}', ['2:3 main']],
    ['async main', '#[tokio::main]\npub async fn main() -> Result<(), E> {}', ['1:13 main']],
    [
      'main after quotes',
      "const A: char = '{'; const B: char = '\\''; fn f<'a>(x: &'a str) {}\nfn main() {}",
      ['1:3 main'],
    ],
    ['main after a raw string', 'const A: &str = r#"{ " "#;\nfn main() {}', ['1:3 main']],
    ['main after a nested comment', '/* a /* { */ fn main() {} */\nfn main() {}', ['1:3 main']],
    ['main of a module', 'mod a { fn main() {} }', []],
    ['a macro', 'macro_rules! m { () => { fn main() {} } }', []],
    ['a comment and a string', '// fn main() {}\nconst A: &str = "fn main() {}";', []],
    ['another name', 'fn main2() {}\nfn domain() {}', []],
  ] as const) {
    it(`finds ${expected.length} in ${what}`, () => {
      assert.deepEqual(found('rust', text), expected);
    });
  }
});

describe('entry points of WIT', () => {
  for (const [what, text, expected] of [
    ['an export', 'world w {\n  export wasi:cli/run@0.2.3;\n}', ['1:9 wasi:cli/run@0.2.3']],
    [
      'a prerelease',
      'world w { export wasi:cli/run@0.3.0-rc-2025-09-16; }',
      ['0:17 wasi:cli/run@0.3.0-rc-2025-09-16'],
    ],
    ['no version', 'world w { export wasi:cli/run; }', ['0:17 wasi:cli/run']],
    ['an include', 'world w {\n  include wasi:cli/command@0.2.0;\n}', ['1:10 wasi:cli/command@0.2.0']],
    ['an import', 'world w { import wasi:cli/run@0.2.3; }', []],
    ['another interface', 'world w { export wasi:cli/runner@0.2.3; export wasi:cli/run-it; }', []],
    [
      'comments',
      'world w {\n  // export wasi:cli/run@0.2.3;\n /* /* */ export wasi:cli/run; */ /// export wasi:cli/run\n}',
      [],
    ],
  ] as const) {
    it(`finds ${expected.length} in ${what}`, () => {
      assert.deepEqual(found('wit', text), expected);
    });
  }
});

it('finds no entry points in an unknown language', () => {
  assert.deepEqual(found('plaintext', 'int main() {}'), []);
});
