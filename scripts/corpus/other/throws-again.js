/* eslint no-console: off -- a guest prints so */
let ran = false;

export const run = {
  run() {
    if (ran) throw new Error('only once');
    ran = true;
    if ('console' in globalThis) console.log('once'); // QuickJS has none
  },
};
