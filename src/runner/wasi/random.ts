/**
 * wasi:random, from the operating system. The insecure seed is the same in each call, as WASI wants it of one
 * instance.
 */
export function random(): { random: object; insecure: object; insecureSeed: object } {
  const u64 = () => crypto.getRandomValues(new BigUint64Array(1))[0];
  const seed = [u64(), u64()];
  return {
    random: { getRandomBytes: bytes, getRandomU64: u64 },
    insecure: { getInsecureRandomBytes: bytes, getInsecureRandomU64: u64 },
    insecureSeed: { insecureSeed: () => [...seed] },
  };
}

/** The most that getRandomValues gives at once. */
const quota = 65_536;

function bytes(length: bigint): Uint8Array {
  const all = new Uint8Array(Number(length));
  for (let at = 0; at < all.length; at += quota) crypto.getRandomValues(all.subarray(at, at + quota));
  return all;
}
