// @ts-check
// The text of THIRD-PARTY-NOTICES.md: the licences of everything that the package contains.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dist, out, root } from './paths.mjs';

export const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');

/** Packages whose files scripts/build.mjs copies, beside those that esbuild bundles. */
const copiedFrom = [
  '@bytecodealliance/jco-transpile',
  '@bytecodealliance/preview2-shim',
  '@bytecodealliance/preview3-shim',
  '@vscode/tree-sitter-wasm',
];

/**
 * Works inside of the binaries of these packages. All are under the MIT licence.
 * @type {Readonly<Record<string, {readonly home: string, readonly copyright: string}>>} by the file in dist/grammars
 */
const grammars = {
  'tree-sitter.wasm': work('tree-sitter', '2018-2023 Max Brunsfeld'),
  'tree-sitter-go.wasm': work('tree-sitter-go', '2014 Max Brunsfeld'),
  'tree-sitter-javascript.wasm': work('tree-sitter-javascript', '2014 Max Brunsfeld'),
  'tree-sitter-python.wasm': work('tree-sitter-python', '2016 Max Brunsfeld'),
  'tree-sitter-rust.wasm': work('tree-sitter-rust', '2017 Maxim Sokolov'),
  'tree-sitter-tsx.wasm': work('tree-sitter-typescript', '2017 Max Brunsfeld'),
  'tree-sitter-typescript.wasm': work('tree-sitter-typescript', '2017 Max Brunsfeld'),
};

/**
 * The text of THIRD-PARTY-NOTICES.md for the built dist/.
 * @returns {string}
 * @throws if a package has no licence text, or a shipped grammar is unknown
 */
export function makeNotices() {
  const packages = [...new Set([...bundledPackages(), ...copiedFrom])].sort().map(readPackage);
  const texts = [...new Set(packages.map(({ text }) => text))];
  const unknown = readdirSync(join(dist, 'grammars')).filter((file) => !(file in grammars));
  if (unknown.length > 0)
    throw new Error(`scripts/setup/third-party.mjs does not know ${unknown.join(', ')}`);
  const works = [...new Map(Object.values(grammars).map((each) => [each.home, each])).values()];
  return [
    '# Third-party notices',
    '',
    'The extension contains the following works. `scripts/notices.mjs` writes this file.',
    'Icons such as `$(play)` are those of VS Code and are not part of the extension.',
    '',
    ...packages.map(
      ({ name, version, license, text }) =>
        `- ${name} ${version}: ${license} ([text](#licence-${texts.indexOf(text) + 1}))`,
    ),
    '',
    'The files of @bytecodealliance/jco-transpile contain wasm-tools and js-component-bindgen of the Bytecode Alliance, under the same licence.',
    'The adapters for WASI preview 1 come with @bytecodealliance/jco and are built from Wasmtime of the Bytecode Alliance, under the same licence.',
    'The files of @vscode/tree-sitter-wasm contain these works, all under the MIT licence, with the same text:',
    '',
    ...works.map(({ home, copyright }) => `- ${home}: Copyright (c) ${copyright}`),
    ...texts.flatMap((text, index) => ['', `## Licence ${index + 1}`, '', '```text', text, '```']),
    '',
  ].join('\n');
}

/**
 * The packages whose code esbuild put into the bundles of the extension.
 * @returns {readonly string[]}
 */
function bundledPackages() {
  const folder = join(out, 'meta');
  return readdirSync(folder).flatMap((file) =>
    Object.keys(JSON.parse(readFileSync(join(folder, file), 'utf8')).inputs).flatMap(
      (input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
    ),
  );
}

/** @param {string} name */
function readPackage(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence text`);
  const lines = readFileSync(join(folder, file), 'utf8').split(/\r?\n/);
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
  return { name, version, license: license.replace(/^\((.*)\)$/, '$1'), text };
}

/**
 * @param {string} name
 * @param {string} copyright
 */
function work(name, copyright) {
  return { home: `https://github.com/tree-sitter/${name}`, copyright };
}
