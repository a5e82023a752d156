// @ts-check
// npm run check: types, lint, format, dead code, layers. Runs all of them, so that one failure does not hide another.
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { ensureNode24, withNodeFirst } from './setup/node.mjs';
import { root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';

await ensureDependencies();
const node = await ensureNode24();
const env = withNodeFirst(node);
const bin = (/** @type {string[]} */ ...parts) => join(root, 'node_modules', ...parts);

/** @type {readonly {readonly what: string, readonly args: readonly string[]}[]} */
const checks = [
  { what: 'types', args: [bin('typescript', 'bin', 'tsc'), '-p', '.'] },
  {
    what: 'types of the page',
    args: [bin('typescript', 'bin', 'tsc'), '-p', join('src', 'page', 'webview')],
  },
  { what: 'lint', args: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'] },
  { what: 'format', args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
  { what: 'dead code', args: [bin('knip', 'bin', 'knip.js')] },
  { what: 'layers', args: [join(root, 'scripts', 'check-layers.mjs')] },
];

let failed = 0;
for (const { what, args } of checks) {
  try {
    const output = await run(node, args, { cwd: root, env });
    say(`${what}: ok${what === 'layers' ? `, ${output.trim()}` : ''}`);
  } catch (error) {
    failed += 1;
    say(`${what}: failed\n${error instanceof Error ? error.message : String(error)}`);
  }
}
process.stdout.write(`check: ${checks.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;
