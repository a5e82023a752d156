// @ts-check
// Damaged binaries for fuzzing, reproducible by their seed.

/**
 * Random numbers in [0, 1), reproducible by the seed (mulberry32).
 * @param {number} seed
 */
export function randomOf(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Damages a binary in one to three ways: bytes changed, removed, doubled, moved, sizes made huge, or the end cut off.
 * @param {Uint8Array} original
 * @param {number} seed
 * @returns {Uint8Array}
 */
export function mutate(original, seed) {
  const random = randomOf(seed);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  let bytes = Uint8Array.from(original);
  for (let left = 1 + below(3); left > 0 && bytes.length > 0; left--) {
    // Most of a binary is code and data. Its descriptions are at the beginning and at the end.
    const near = random() < 0.5 ? bytes.length : Math.min(bytes.length, 400);
    const at = random() < 0.8 ? below(near) : bytes.length - 1 - below(Math.min(bytes.length, 400));
    const length = 1 + below(16);
    switch (below(10)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes[at] = below(256);
        break;
      case 2:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 3:
        bytes = joined(bytes.slice(0, at), bytes.slice(at + length));
        break;
      case 4:
        bytes = joined(bytes.slice(0, at + length), bytes.slice(at));
        break;
      case 5:
        bytes.set([0xff, 0xff, 0xff, 0xff, 0x0f].slice(0, Math.min(5, bytes.length - at)), at);
        break;
      case 6:
        bytes.fill(below(256), at, at + length);
        break;
      case 7:
        bytes.copyWithin(at, below(bytes.length), below(bytes.length) + length);
        break;
      default: // a small change of one byte, which most often leaves the binary readable
        bytes[at] = (bytes[at] ?? 0) + (random() < 0.5 ? 1 : -1);
    }
  }
  return bytes;
}

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 */
function joined(left, right) {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
