import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { moduleToScript } from '../../../src/engine/transpiler/script';

type Make = (console: {
  error: (text: string) => void;
}) => (getCore: (given: string) => string, imports: string) => unknown;

describe("jco's module as a script", () => {
  it('is a function of a console that gives instantiate', () => {
    const source = `"use components";
export function instantiate(getCoreModule, imports) {
  console.error('complains');
  return { name: getCoreModule(imports) };
};

  export const _util = {
  }
`;
    const said: string[] = [];
    const make = runInThisContext(moduleToScript(source)) as Make;
    const instantiate = make({ error: (text) => said.push(text) });
    assert.deepEqual(
      instantiate((given: string) => `core of ${given}`, 'x'),
      { name: 'core of x' },
    );
    assert.deepEqual(said, ['complains']);
  });

  it('is refused in any other shape', () => {
    assert.throws(() =>
      moduleToScript('import x from "y";\nexport function instantiate(a) {};\nexport const _util = {}'),
    );
    assert.throws(() =>
      moduleToScript('"use components";\nexport function start() {};\nexport const _util = {}'),
    );
    assert.throws(() => moduleToScript('"use components";\nexport function instantiate(a) {};\n'));
  });
});
