// A library in JavaScript: its functions are called one by one, on an instance that keeps its state.
// A module of JavaScript has no `main` that runs once: what its top level makes lives as long as the instance.

const seen = new Map();

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
};
