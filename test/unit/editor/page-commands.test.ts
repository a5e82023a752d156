import assert from 'node:assert/strict';
import { targetOfFields } from '../../../src/editor/common/command-target';
import { pageCommand } from '../../../src/editor/pages/page-commands';

describe('the command of a page', () => {
  const path = '/work/hello.wasm';

  it('opens the core module or the function that is shown', () => {
    const target = (request: Parameters<typeof pageCommand>[0]) => {
      const { command, argument } = pageCommand(request, path);
      return [command, targetOfFields(argument as Readonly<Record<string, unknown>>)];
    };
    assert.deepEqual(target({ type: 'open-text', module: 1 }), [
      'freshInstance.openAsWat',
      { type: 'core-module', path, module: 1, func: null },
    ]);
    assert.deepEqual(target({ type: 'open-text', module: 0, func: 12 }), [
      'freshInstance.openAsWat',
      { type: 'core-module', path, module: 0, func: 12 },
    ]);
  });
});
