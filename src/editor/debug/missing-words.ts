/** Why a component cannot be debugged in its source, and what helps. */
export function missingWords(
  name: string,
  { hasReader, hasDebugInfo }: { readonly hasReader: boolean; readonly hasDebugInfo: boolean },
): string {
  if (!hasDebugInfo) {
    return `${name} has no debug information (DWARF), so breakpoints in its source cannot be hit. Build it with -g (in Rust: with the dev profile, or debug = true).`;
  }
  if (!hasReader) {
    return `${name} has debug information, but the extension that reads it (WebAssembly DWARF Debugging) is not installed, so breakpoints in its source cannot be hit.`;
  }
  return '';
}
