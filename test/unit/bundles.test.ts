import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundles, mayHold } from '../../scripts/rooms.mjs';
import { metafileOf } from '../support/built';

/** esbuild's own account of what is in each bundle, written by scripts/build.mjs. */
interface Metafile {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
}

describe('the bundles', () => {
  for (const name of Object.keys(bundles)) {
    it(`${name} holds only what its rooms may reach`, () => {
      const inputs = Object.keys(metafile(name).inputs);
      assert.ok(
        inputs.some((input) => input.startsWith('src/')),
        'the metafile names no source at all',
      );
      assert.deepEqual(
        inputs.filter((input) => !mayHold(name, input)),
        [],
      );
    });
  }

  it('know vscode only in the extension', () => {
    const users = Object.keys(bundles).filter((name) =>
      Object.values(metafile(name).outputs).some(({ imports }) =>
        imports.some(({ path }) => path === 'vscode'),
      ),
    );
    assert.deepEqual(users, ['extension']);
  });
});

function metafile(name: string): Metafile {
  return JSON.parse(readFileSync(metafileOf(name), 'utf8')) as Metafile;
}
