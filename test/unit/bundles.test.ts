import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** esbuild's own account of what is in each bundle, written by scripts/build.mjs. */
interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
}

const forbidden: Readonly<Record<string, readonly RegExp[]>> = {
  extension: [
    /^src\/(runner|cli)\//,
    /^src\/engine\/transpiler\/(main|transpile)\./,
    /preview[23]-shim/,
    /jco/,
  ],
  // What has to be loaded before `run` can start its process.
  cli: [/^src\/(runner|editor|source|component|reuse)\//, /^src\/extension\.ts/, /^src\/engine\/engine\./],
  'cli-run': [/^src\/(runner|editor|source|reuse)\//, /^src\/extension\.ts/, /preview[23]-shim/],
  'cli-more': [/^src\/(runner|editor|source)\//, /^src\/extension\.ts/, /preview[23]-shim/],
  runner: [/^src\/(editor|cli|instance|reuse|source)\//, /^src\/engine\/(?!wire)/, /jco/],
  'component-reader': [/^src\/(runner|cli|source|extension)/, /preview[23]-shim/, /jco/],
  'source-worker': [/^src\/(?!(base|component|source)\/)/],
  transpiler: [/^src\/(editor|cli|instance|reuse|source|runner)\//],
};

describe('the bundles', () => {
  for (const [name, patterns] of Object.entries(forbidden)) {
    it(`${name} holds only what its room may reach`, () => {
      const inputs = Object.keys(metafile(name).inputs);
      assert.ok(
        inputs.some((input) => input.startsWith('src/')),
        'the metafile names no source at all',
      );
      assert.deepEqual(
        inputs.filter((input) => patterns.some((pattern) => pattern.test(input))),
        [],
      );
    });
  }

  it('know vscode only in the extension', () => {
    const users = Object.keys(forbidden).filter((name) =>
      Object.values(metafile(name).outputs).some(({ imports }) =>
        imports.some(({ path }) => path === 'vscode'),
      ),
    );
    assert.deepEqual(users, ['extension']);
  });
});

function metafile(name: string): Metafile {
  return JSON.parse(readFileSync(join(process.cwd(), 'out', 'meta', `${name}.json`), 'utf8')) as Metafile;
}
