import assert from 'node:assert/strict';
import { folderCycles } from '../../scripts/folder-cycles.mjs';

describe('cycles between folders', () => {
  const upward = { from: 'src/editor/tree/rows.ts', to: 'src/editor/run/starter.ts' };
  const downward = { from: 'src/editor/run/starter.ts', to: 'src/editor/tree/view.ts' };

  it('are none where every arrow points one way', () => {
    assert.deepEqual(
      folderCycles([upward, { from: 'src/editor/tree/a.ts', to: 'src/editor/tree/b.ts' }], 'src/editor'),
      [],
    );
  });

  it('are found between two folders, with the imports that make them', () => {
    assert.deepEqual(folderCycles([upward, downward], 'src/editor'), [upward, downward]);
  });

  it('are found through a third folder and through files of the parent itself', () => {
    const imports = [
      { from: 'src/editor/tree/rows.ts', to: 'src/editor/ids.ts' },
      { from: 'src/editor/ids.ts', to: 'src/editor/run/starter.ts' },
      downward,
    ];
    assert.deepEqual(folderCycles(imports, 'src/editor'), imports);
  });

  it('count nested folders as part of the folder above them', () => {
    const imports = [
      { from: 'src/editor/calls/documents/a.ts', to: 'src/editor/calls/b.ts' },
      { from: 'src/editor/calls/b.ts', to: 'src/editor/calls/documents/a.ts' },
    ];
    assert.deepEqual(folderCycles(imports, 'src/editor'), []);
  });

  it('ignore imports that leave the parent', () => {
    assert.deepEqual(
      folderCycles([upward, { from: 'src/editor/run/a.ts', to: 'src/engine/tree/b.ts' }], 'src/editor'),
      [],
    );
  });
});
