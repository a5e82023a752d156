// @ts-check
// npm run shots: takes the README's pictures in the real VS Code. Needs ffmpeg for the animation. Look at the pictures before you commit them.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { out, root } from './setup/paths.mjs';
import { say } from './setup/say.mjs';
import { ensureFfmpeg, makeAnimation } from './animation.mjs';

await ensureDependencies();
await ensureFfmpeg();
const { build } = await import('./build.mjs');
await build();
const { openServed } = await import('./host/served.mjs');
const { buildSuite } = await import('./host/suite.mjs');
const { runPlans } = await import('./host/plans.mjs');
const { ensureChromium } = await import('./setup/chromium.mjs');
const { ensureVsCodeHost } = await import('./setup/vscode-host.mjs');

const taken = join(out, 'screenshots', 'readme');
const target = join(root, 'media', 'readme');
rmSync(taken, { recursive: true, force: true });
const host = await ensureVsCodeHost();
const chromium = await ensureChromium();
const { driver, files } = await buildSuite('.shots.ts');
const open = openServed({ host, chromium, driver, extension: { folder: root }, trusted: true });
if (await runPlans([{ name: 'shots', files, open }], process.argv.slice(2))) {
  mkdirSync(target, { recursive: true });
  for (const picture of existsSync(taken) ? readdirSync(taken) : []) {
    copyFileSync(join(taken, picture), join(target, picture));
    say(`media/readme/${picture}`);
  }
  await makeAnimation(join(out, 'screenshots', 'demo'), join(target, 'demo.gif'));
} else process.exitCode = 1;
