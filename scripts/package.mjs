// @ts-check
// npm run package: makes the VSIX, checks its contents and lists them.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeNotices, noticesFile } from './setup/third-party.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode24, withNodeFirst } from './setup/node.mjs';
import { out, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { listZip } from './setup/zip.mjs';

const maxBytes = 4_500_000;

/** vsce renames three of these files. */
const needed = [
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'l10n/bundle.l10n.zh-cn.json',
  'readme.md',
  'changelog.md',
  'LICENSE.txt',
  'THIRD-PARTY-NOTICES.md',
  'docs/reuse.md',
  'media/icon.png',
  'dist/extension.js',
];
const allowed = [/^dist\/(?!cli)[\w./-]+\.(js|mjs|wasm|css)$/, /^media\/[\w./-]+\.(svg|png|gif|md|json)$/];

/**
 * Packs the built dist/ and the files that `.vscodeignore` lists, and checks the result.
 * @returns {Promise<string>} path of the .vsix
 * @throws if a file is missing or not expected, if the notices are stale, or if the package is too large
 */
export async function packageExtension() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const vsix = join(out, `${name}-${version}.vsix`);
  mkdirSync(out, { recursive: true });
  rmSync(vsix, { force: true });
  const node = await ensureNode24();
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  await run(node, [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix], {
    cwd: root,
    env: withNodeFirst(node),
  });
  if (readFileSync(noticesFile, 'utf8') !== makeNotices())
    throw new Error('THIRD-PARTY-NOTICES.md is stale: run node scripts/notices.mjs');
  const complaints = check(vsix);
  if (complaints.length > 0) throw new Error(`${vsix} is not as it should be:\n${complaints.join('\n')}`);
  return vsix;
}

/** @param {string} vsix */
function check(vsix) {
  const files = contents(vsix);
  const sizeBytes = readFileSync(vsix).length;
  return [
    ...needed.filter((path) => !files.some((file) => file.path === path)).map((path) => `${path} is missing`),
    ...files
      .filter(({ path }) => !needed.includes(path) && !allowed.some((pattern) => pattern.test(path)))
      .map(({ path }) => `${path} is not expected (see .vscodeignore)`),
    ...(sizeBytes > maxBytes ? [`it has ${sizeBytes} bytes, ${maxBytes} are allowed`] : []),
  ];
}

/**
 * The files of the extension, without those that describe the package.
 * @param {string} vsix
 */
function contents(vsix) {
  return listZip(readFileSync(vsix))
    .filter(({ path }) => path.startsWith('extension/'))
    .map(({ path, sizeBytes }) => ({ path: path.slice('extension/'.length), sizeBytes }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureDependencies();
  const { build } = await import('./build.mjs');
  await build();
  const vsix = await packageExtension();
  const count = new Intl.NumberFormat('en-GB');
  for (const { path, sizeBytes } of contents(vsix))
    console.log(`${count.format(sizeBytes).padStart(12)}  ${path}`);
  console.log(
    `${count.format(readFileSync(vsix).length).padStart(12)}  ${vsix} (packed; at most ${count.format(maxBytes)})`,
  );
}
