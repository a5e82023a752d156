import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';

describe('the extension after its activation', () => {
  it('has loaded its own bundle and nothing heavy: no transpiler, no runner, no parser', async () => {
    const extension = vscode.extensions.getExtension('fresh-instance.fresh-instance');
    assert.ok(extension);
    await extension.activate();
    const dist = join(extension.extensionPath, 'dist');
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(dist));
    assert.deepEqual(
      loaded.map((file) => basename(file)),
      ['extension.js'],
    );
  });
});
