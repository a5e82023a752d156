/* eslint no-console: off -- a guest prints so */
let ran = false;

export const run = {
  run() {
    if (ran) throw new Error('only once');
    ran = true;
    console.log('once');
  },
};
