// @ts-check
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPython, pythonProgram } from '../../setup/python.mjs';
import { inFolder, world } from '../build.mjs';
import { output, source } from './sources.mjs';

const packages = { folder: 'corpus-componentize-py', names: ['componentize-py==0.25.1'] };

/** https://pypi.org/project/componentize-py/ @returns {import('../newest.mjs').Toolchain} */
export function python() {
  installPython(packages.folder, packages.names);
  return {
    version: output(pythonProgram(packages.folder, 'componentize-py'), ['--version']),
    components: [
      ['py-counter', () => build('counter')],
      ['py-once', () => build('once')],
    ],
  };
}

/** @param {string} name */
function build(name) {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'world.wit'), world.wit);
    copyFileSync(source(`other/${name}.py`), join(folder, 'app.py'));
    const args = ['-d', 'world.wit', '-w', world.name, 'componentize', 'app', '-o', 'out.wasm'];
    output(pythonProgram(packages.folder, 'componentize-py'), args, { cwd: folder });
    return Promise.resolve(new Uint8Array(readFileSync(join(folder, 'out.wasm'))));
  });
}
