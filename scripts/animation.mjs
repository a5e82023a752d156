// @ts-check
// Makes one animated picture of a folder of pictures. ffmpeg does the work.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';

const secondsPerFrame = 2.5;
/** A reader waits for the last frame, then the animation starts again. */
const secondsOfLastFrame = 4;
const maxBytes = 400_000;

/** @throws if there is no ffmpeg on this machine */
export async function ensureFfmpeg() {
  try {
    await run('ffmpeg', ['-version']);
  } catch (error) {
    throw new Error('ffmpeg is missing. Install it, for example with: apt-get install ffmpeg', {
      cause: error,
    });
  }
}

/**
 * @param {string} folder its .png files are the frames, in the order of their names
 * @param {string} target path of the .gif
 * @throws if the result is too large for a page
 */
export async function makeAnimation(folder, target) {
  const frames = readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .sort();
  const last = frames.at(-1);
  const list = join(folder, 'frames.txt');
  // ffmpeg ignores the duration of the last entry, so the last frame is named twice.
  const lines = frames.flatMap((name) => [
    `file '${name}'`,
    `duration ${name === last ? secondsOfLastFrame : secondsPerFrame}`,
  ]);
  writeFileSync(list, [...lines, `file '${last}'`, ''].join('\n'));
  const filter =
    'scale=1024:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=64:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle';
  await run('ffmpeg', ['-y', '-f', 'concat', '-i', list, '-vf', filter, '-fps_mode', 'vfr', target]);
  const { size } = statSync(target);
  if (size > maxBytes) throw new Error(`${target} has ${size} bytes, ${maxBytes} are allowed`);
  say(`media/readme/${basename(target)} (${size} bytes)`);
}
