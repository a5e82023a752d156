import { authorText } from '../../words/explain';
import { openGuideCommand } from '../common/ids';
import { html, list } from './html';

const sampleInC = `__attribute__((export_name("samples:workshop/greetings#add")))
int add(int a, int b) {
  return a + b;
}`;

const sampleInJavaScript = `const seen = new Map();

export const tally = {
  // add: func(word: string) -> u32
  add(word) {
    const count = (seen.get(word) ?? 0) + 1;
    seen.set(word, count);
    return count;
  },

  // reset: func()
  reset() {
    seen.clear();
  },
};`;

/** How an author makes a component that can be called again, as HTML. Tests tie the samples to the files in samples/src. */
export function authorAdvice(): string {
  return [
    list([html(authorText.once()), html(authorText.ownExport())]),
    `<p>${html(authorText.inC())}</p>`,
    `<pre>${html(sampleInC)}</pre>`,
    `<p>${html(authorText.inJavaScript())}</p>`,
    `<pre>${html(sampleInJavaScript)}</pre>`,
    `<p><a href="command:${openGuideCommand}">${html(authorText.guide())}</a></p>`,
  ].join('\n');
}
