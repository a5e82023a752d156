import assert from 'node:assert/strict';
import { readContent } from '../../../src/editor/components/read-content';
import { pageOverview } from '../../../src/editor/pages/page-overview';
import { fixture } from '../../fixtures';
import type { Overview } from '../../../src/page/messages';

async function overviewOf(name: string): Promise<Overview> {
  const path = fixture(name);
  const content = await readContent(path);
  return pageOverview({ component: { path, name: `${name}.wasm`, content }, trusted: true });
}

const actionsOf = ({ buttons }: Overview) => buttons.map(({ action }) => action);

describe('the head of a page', () => {
  it('says that a module is adapted, and offers to save the component', async () => {
    const command = await overviewOf('module-status');
    assert.equal(command.summary[0], 'wasip1 module, adapted');
    assert.deepEqual([actionsOf(command)[0], actionsOf(command).at(-1)], ['run', 'save']);
    const plain = await overviewOf('module-plain');
    assert.equal(plain.summary[0], 'core module, adapted');
    assert.ok(!actionsOf(plain).includes('run') && actionsOf(plain).includes('call'));
    assert.ok(!actionsOf(await overviewOf('hello')).includes('save'));
  });

  it('gives the imports that keep a module from being adapted', async () => {
    const { problem, buttons } = await overviewOf('module-gojs');
    assert.match(problem?.sentence ?? '', /Go made it for JavaScript \(it imports gojs\.runtime\.wasmExit/);
    assert.match(problem?.advice ?? '', /GOOS=wasip1/);
    assert.deepEqual(buttons, []);
  });

  it('finds nothing wrong with a WIT package, and offers its interfaces', async () => {
    const overview = await overviewOf('wit-package');
    assert.equal(overview.problem?.tone, 'plain');
    assert.deepEqual(actionsOf(overview), ['interface']);
    assert.match(overview.problem.advice, /nothing to run/);
  });
});
