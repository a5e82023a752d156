// @ts-check
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache } from '../../setup/paths.mjs';
import { world } from '../build.mjs';
import { output, source } from './sources.mjs';

const name = '@bytecodealliance/componentize-js';
const version = '0.23.0';
const folder = join(cache, 'corpus-componentize-js');

/** https://www.npmjs.com/package/@bytecodealliance/componentize-js, a newer one than that of the fixtures. @returns {import('../newest.mjs').Toolchain} */
export function javascript() {
  if (!existsSync(join(folder, 'node_modules', name))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
    output('npm', ['install', ...options, `${name}@${version}`], { cwd: folder });
  }
  return {
    version: `componentize-js ${version}`,
    components: [
      ['newjs-counter', () => build('counter')],
      ['newjs-throws-again', () => build('throws-again')],
    ],
  };
}

/** @param {string} program */
async function build(program) {
  const main = join(folder, 'node_modules', name, 'src/componentize.js');
  const { componentize } = await import(pathToFileURL(main).href);
  const js = readFileSync(source(`other/${program}.js`), 'utf8');
  const { component } = await componentize(js, { witWorld: world.wit, worldName: world.name });
  return new Uint8Array(component);
}
