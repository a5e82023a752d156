import assert from 'node:assert/strict';
import { whichComponents } from '../../../src/source/which-component';
import type { KnownComponent, WhichComponentInput } from '../../../src/source/component-candidate';

/** Components at these paths, the first one built first. */
function components(...paths: readonly string[]): readonly KnownComponent[] {
  return paths.map((path, index) => ({ path, mtimeMs: index }));
}

/** `path: type of reason` of each candidate. */
function which(input: WhichComponentInput): readonly string[] {
  return whichComponents(input).map(({ component, reason }) => `${component.path}: ${reason.type}`);
}

describe('which component a source makes', () => {
  it('follows the setting before anything else', () => {
    assert.deepEqual(
      which({
        source: '/ws/src/a.c',
        components: [
          ...components('/ws/a.wasm', '/ws/out/b.wasm'),
          { path: '/ws/d.wasm', mtimeMs: 9, dwarfSources: ['/ws/src/a.c'] },
        ],
        mappings: [
          { wasm: 'out/*.wasm', sources: ['src/**/*.{c,h}'], folder: '/ws' },
          { wasm: 'a.wasm', sources: ['other/a.c'], folder: '/ws' },
        ],
      }),
      ['/ws/out/b.wasm: setting'],
    );
  });

  it('uses the next way if the component of the setting does not exist', () => {
    const mappings = [{ wasm: 'gone.wasm', sources: ['a.c'], folder: '/ws' }];
    assert.deepEqual(which({ source: '/ws/a.c', components: components('/ws/a.wasm'), mappings }), [
      '/ws/a.wasm: same-name',
    ]);
  });

  it('names all components of a source, the newest build first', () => {
    assert.deepEqual(
      which({
        source: '/ws/a/src/main.rs',
        components: components(
          '/ws/a/target/wasm32-wasip1/debug/a.wasm',
          '/ws/a/target/wasm32-wasip2/release/a.wasm',
          '/ws/a/target/wasm32-wasip2/debug/a.wasm',
        ),
      }),
      [
        '/ws/a/target/wasm32-wasip2/debug/a.wasm: cargo',
        '/ws/a/target/wasm32-wasip2/release/a.wasm: cargo',
        '/ws/a/target/wasm32-wasip1/debug/a.wasm: cargo',
      ],
    );
  });

  it('finds no component without evidence', () => {
    assert.deepEqual(
      which({ source: '/ws/a.c', components: components('/ws/b.wasm', '/ws/notes/a.txt.wasm') }),
      [],
    );
  });

  it('reads Windows paths', () => {
    assert.deepEqual(which({ source: 'C:\\ws\\Src\\a.c', components: components('c:\\ws\\build\\a.wasm') }), [
      'c:\\ws\\build\\a.wasm: same-name',
    ]);
    const dwarf = { path: 'c:\\ws\\x.wasm', mtimeMs: 0, dwarfSources: ['C:/WS/src/a.c'] };
    assert.deepEqual(which({ source: 'c:\\ws\\src\\a.c', components: [dwarf] }), ['c:\\ws\\x.wasm: dwarf']);
  });
});

describe('by DWARF', () => {
  for (const [what, source, path, dwarfSource, expected] of [
    ['an absolute name', '/ws/src/a.c', '/ws/out/x.wasm', '/ws/src/a.c', true],
    [
      'a relative name, seen from a folder above the component',
      '/ws/src/a.c',
      '/ws/out/x.wasm',
      'src/a.c',
      true,
    ],
    ['a relative name with dots', '/ws/src/a.c', '/ws/out/x.wasm', '../src/./a.c', true],
    ['a name of another machine', '/ws/p/src/a.c', '/ws/p/out/x.wasm', '/build/p/src/a.c', true],
    ['the same relative name in another project', '/ws/p/src/a.c', '/ws/q/out/x.wasm', 'src/a.c', false],
    ['only the last part of a foreign name', '/ws/a.c', '/ws/x.wasm', '/build/a.c', false],
    [
      'a file of the standard library',
      '/ws/library/core/src/lib.rs',
      '/ws/x.wasm',
      '/rustc/1a2b/library/core/src/lib.rs',
      false,
    ],
    [
      'a file of a package',
      '/ws/src/lib.rs',
      '/ws/x.wasm',
      '/root/.cargo/registry/src/i/log-0.4.0/src/lib.rs',
      false,
    ],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${what}`, () => {
      const component = { path, mtimeMs: 0, dwarfSources: ['/rustc/1/library/std/src/rt.rs', dwarfSource] };
      assert.deepEqual(which({ source, components: [component] }), expected ? [`${path}: dwarf`] : []);
    });
  }
});

describe('by build scripts', () => {
  for (const [what, source, wasm, file, text] of [
    [
      'jco componentize',
      '/ws/src/app.js',
      '/ws/dist/x.wasm',
      'package.json',
      '{"scripts": {\n"b": "jco componentize src/app.js --wit wit -o dist/x.wasm"}}',
    ],
    [
      'componentize-py',
      '/ws/app.py',
      '/ws/x.wasm',
      'Makefile',
      'all:\n\tcomponentize-py -d wit -w wasi:cli/command@0.2.0 componentize app -o x.wasm\n',
    ],
    [
      'tinygo build of a package',
      '/ws/cmd/a/main.go',
      '/ws/x.wasm',
      'build.sh',
      'tinygo build -target=wasip2 -o x.wasm ./cmd/a',
    ],
    [
      'go build of the folder',
      '/ws/main.go',
      '/ws/x.wasm',
      'justfile',
      'b:\n  GOOS=wasip1 GOARCH=wasm go build -o=x.wasm',
    ],
    [
      'steps over a core module',
      '/ws/a.c',
      '/ws/x.wasm',
      'build.sh',
      'clang a.c -o core.wasm && \\\n  wasm-tools component new core.wasm -o x.wasm',
    ],
    ["a Makefile's rule", '/ws/a.c', '/ws/x.wasm', 'Makefile', 'x.wasm: a.c b.c\n\t$(CC) $< -o $@\n'],
    [
      'a command in another folder',
      '/ws/guest/a.c',
      '/ws/guest/x.wasm',
      'build.sh',
      'cd guest && clang a.c -o x.wasm',
    ],
  ] as const) {
    it(`knows ${what}`, () => {
      const buildFiles = [{ path: `/ws/${file}`, text }];
      assert.deepEqual(which({ source, components: components(wasm), buildFiles }), [
        `${wasm}: build-script`,
      ]);
    });
  }

  it('names the line of the step that reads the source', () => {
    const buildFiles = [{ path: '/ws/build.sh', text: 'echo \\\n  hello\nclang a.c -o x.wasm\n' }];
    const [candidate] = whichComponents({
      source: '/ws/a.c',
      components: components('/ws/x.wasm'),
      buildFiles,
    });
    assert.deepEqual(candidate?.reason, { type: 'build-script', file: '/ws/build.sh', line: 2 });
  });

  it('does not take another source of another component', () => {
    const buildFiles = [{ path: '/ws/build.sh', text: 'clang a.c -o x.wasm\nclang b.c -o y.wasm\n' }];
    assert.deepEqual(
      which({ source: '/ws/b.c', components: components('/ws/x.wasm', '/ws/y.wasm'), buildFiles }),
      ['/ws/y.wasm: build-script'],
    );
  });
});

describe("by Cargo's folders", () => {
  const manifest = (folder: string, text: string) => ({ path: `${folder}/Cargo.toml`, text });
  for (const [what, source, wasm, text] of [
    [
      'a binary with a hyphen',
      '/ws/src/main.rs',
      '/ws/target/wasm32-wasip2/debug/my-app.wasm',
      '[package]\nname = "my-app"',
    ],
    [
      'a library with a hyphen',
      '/ws/src/lib.rs',
      '/ws/target/wasm32-wasip1/release/my_app.wasm',
      '[package]\nname = "my-app"',
    ],
    [
      'a module of the crate',
      '/ws/src/deep/part.rs',
      '/ws/target/wasm32-wasip3/debug/app.wasm',
      '[package]\nname = "app"',
    ],
    [
      'one of several binaries',
      '/ws/src/bin/two.rs',
      '/ws/target/wasm32-wasip2/debug/two.wasm',
      '[package]\nname = "app"',
    ],
    [
      'an example',
      '/ws/examples/two.rs',
      '/ws/target/wasm32-wasip2/debug/examples/two.wasm',
      '[package]\nname = "app"',
    ],
    [
      'a binary with a path of its own',
      '/ws/tool.rs',
      '/ws/target/wasm32-wasip2/debug/t.wasm',
      '[package]\nname = "app"\n[[bin]]\nname = "t"\npath = "tool.rs"',
    ],
    [
      'a target folder elsewhere',
      '/ws/src/main.rs',
      '/tmp/out/wasm32-wasip2/debug/app.wasm',
      '[package]\nname = "app"',
    ],
  ] as const) {
    it(`knows ${what}`, () => {
      assert.deepEqual(which({ source, components: components(wasm), buildFiles: [manifest('/ws', text)] }), [
        `${wasm}: cargo`,
      ]);
    });
  }

  it("finds a workspace member's component in the workspace's target folder", () => {
    assert.deepEqual(
      which({
        source: '/ws/crates/a/src/main.rs',
        components: components(
          '/ws/target/wasm32-wasip2/debug/a.wasm',
          '/ws/target/wasm32-wasip2/debug/b.wasm',
        ),
        buildFiles: [manifest('/ws', '[workspace]\nmembers = ["crates/*"]')],
      }),
      ['/ws/target/wasm32-wasip2/debug/a.wasm: cargo'],
    );
  });

  it("does not take another workspace's crate of the same name", () => {
    assert.deepEqual(
      which({
        source: '/ws/one/src/main.rs',
        components: components(
          '/ws/one/target/wasm32-wasip2/debug/app.wasm',
          '/ws/two/target/wasm32-wasip2/debug/app.wasm',
        ),
        buildFiles: [
          manifest('/ws/one', '[package]\nname = "app"'),
          manifest('/ws/two', '[package]\nname = "app"'),
        ],
      }),
      ['/ws/one/target/wasm32-wasip2/debug/app.wasm: cargo'],
    );
  });
});

describe('by base name', () => {
  for (const [what, source, wasm, expected] of [
    ['beside the source', '/ws/a.c', '/ws/a.wasm', true],
    ['in a build folder', '/ws/p/src/a.c', '/ws/p/build/a.wasm', true],
    ['with the word component', '/ws/a.py', '/ws/a.component.wasm', true],
    ['called like the folder of a main file', '/ws/hello/src/main.c', '/ws/hello/hello.wasm', true],
    ['too far away', '/ws/p/q/r/s/a.c', '/ws/a.wasm', false],
    ['of a file that is no source', '/ws/a.md', '/ws/a.wasm', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} one ${what}`, () => {
      assert.deepEqual(
        which({ source, components: components(wasm) }),
        expected ? [`${wasm}: same-name`] : [],
      );
    });
  }

  it('uses the nearest folder', () => {
    assert.deepEqual(
      which({ source: '/ws/a/main.c', components: components('/ws/a/main.wasm', '/ws/b/main.wasm') }),
      ['/ws/a/main.wasm: same-name'],
    );
  });
});
