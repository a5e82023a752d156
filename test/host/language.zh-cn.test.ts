import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { showInstances } from './support/samples';
import { screenshot } from './support/window';

describe('a window in Simplified Chinese', () => {
  it('has the display language', async () => {
    assert.equal(vscode.env.language, 'zh-cn');
    await showInstances();
    await screenshot('zh-cn-instances');
  });
});
