const debugLog =
  /const _debugLog = \(\.\.\.args\) => \{\s*if \(!globalThis\?\.process\?\.env\?\.JCO_DEBUG\) \{ return; \}\s*console\.debug\(\.\.\.args\);\s*\};/;

/**
 * Empties the glue's debug log. Throws if the log is not of the shape that jco makes.
 *
 * What jco 1.35 emits: `_debugLog`, which reads `process.env.JCO_DEBUG` in each of its calls, several times
 * per host call. What is wrong: reading `process.env` calls into Node, so that 100,000 writes of a guest take
 * twice the processor time. Reproduction: transpile any component and profile a loop of host calls. Reading
 * the variable once, when the module is loaded, would be enough; see also
 * https://github.com/bytecodealliance/jco/issues/417 (performance of host calls).
 */
export function patchDebugLog(source: string): string {
  if (!debugLog.test(source))
    throw new Error('The generated module writes a debug log in an unexpected way.');
  return source.replace(debugLog, 'const _debugLog = () => {};');
}
