import { openGuideCommand } from '../common/ids';
import { html, list } from './html';

/** How an author makes one that may be called again. Tests tie the samples to the files in samples/src. */
export const authorAdvice = [
  list([
    'A command’s <code>main</code> is made to run once; a second <code>main</code>, or calling <code>_start</code> yourself, does not change that.',
    'Give it an export of its own beside <code>run</code>, or make it a library: a world that exports an interface, and no <code>main</code>.',
  ]),
  '<p>In C, built with <code>-mexec-model=reactor</code> and the reactor adapter (<code>samples/src/greeter.c</code>):</p>',
  `<pre>${html(`__attribute__((export_name("samples:workshop/greetings#add")))
int add(int a, int b) {
  return a + b;
}`)}</pre>`,
  '<p>In JavaScript, built with <code>jco componentize</code> (<code>samples/src/tally.js</code>):</p>',
  `<pre>${html(`const seen = new Map();

export const tally = {
  // add: func(word: string) -> u32
  add(word) {
    const count = (seen.get(word) ?? 0) + 1;
    seen.set(word, count);
    return count;
  },`)}</pre>`,
  `<p><a href="command:${openGuideCommand}">Components that may be called again: the worlds, the commands, how to see that it holds</a></p>`,
].join('\n');
