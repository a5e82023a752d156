/** How jco declares the decoders: with the default options. */
const decoders = /new TextDecoder\((?:'utf-16')?\)/g;

/**
 * Makes invalid UTF-8 and UTF-16 a trap, and keeps a byte order mark, which is a character like others.
 *
 * What jco 1.35 emits: `new TextDecoder()` and `new TextDecoder('utf-16')`. What is wrong: their defaults
 * replace invalid code units by U+FFFD and drop a leading U+FEFF; the Canonical ABI
 * (`load_string_from_range`) traps for the one and keeps the other, as wasmtime does. Reproduction: an export
 * `func() -> string` that returns the bytes `61 ff 62`. No upstream report is known.
 */
export function patchStringDecoding(source: string): string {
  return source.replace(decoders, (decoder) => {
    const encoding = decoder.includes('16') ? 'utf-16' : 'utf-8';
    return `new TextDecoder('${encoding}', { fatal: true, ignoreBOM: true })`;
  });
}
