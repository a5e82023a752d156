/**
 * Modules of this size and above reach the reader of debug information unharmed, in bytes. js-debug decodes a
 * module into a Buffer and hands on the memory below it, as if that were the Buffer's alone (`getBytecode` in
 * its src/adapter/dwarf/wasmSymbolProvider.ts). Node lets Buffers share memory if they are smaller than half
 * of `Buffer.poolSize`, which is 8 KiB, and 64 KiB in Node 26.3 and late Node 24 (nodejs/node#63597).
 */
const unsharedBytes = 64 * 1024;

/** The id of a custom section (0) and three bytes for its size. */
const headBytes = 4;

/**
 * The module with a nameless custom section behind it, if it is small, so that a debugger gets what it asks
 * for. No offset in it changes. Modules of different sizes stay of different sizes: of a long one without a
 * name, V8 puts the size alone into the URL.
 */
export function debuggableModule(module: Uint8Array): Uint8Array {
  if (module.length >= unsharedBytes) return module;
  // The section holds zeros, of which the first is the length of its name.
  const padded = new Uint8Array(module.length + headBytes + unsharedBytes);
  padded.set(module);
  // LEB128: seven bits to a byte, the lowest first.
  padded.set([0, 0x80, 0x80, unsharedBytes >> 14], module.length);
  return padded;
}
