/* eslint no-console: off -- a guest prints so */
let count = 0;

export const run = {
  run() {
    count += 1;
    if ('console' in globalThis) console.log(`run ${count}`); // QuickJS has none
  },
};
