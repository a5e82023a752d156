const debugLog =
  /const _debugLog = \(\.\.\.args\) => \{\s*if \(!globalThis\?\.process\?\.env\?\.JCO_DEBUG\) \{ return; \}\s*console\.debug\(\.\.\.args\);\s*\};/;

/**
 * Empties the glue's debug log. jco 1.35 reads `process.env.JCO_DEBUG` in each of its calls, several times per host call, and
 * reading `process.env` calls into Node: 100,000 writes of a guest take twice as long with it.
 * Throws if the log is not of the shape that jco makes.
 *
 * Facts for a report: transpile any component and look at `_debugLog` near the top of the glue
 * (`crates/js-component-bindgen/src/intrinsics/mod.rs`). Reading the variable once, when the module is loaded, is enough.
 */
export function withoutDebugLog(source: string): string {
  if (!debugLog.test(source)) throw new Error('The generated module has an unexpected debug log.');
  return source.replace(debugLog, 'const _debugLog = () => {};');
}
