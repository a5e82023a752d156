import { patchShape } from './patch-shape';

const debugLog =
  /const _debugLog = \(\.\.\.args\) => \{\s*if \(!globalThis\?\.process\?\.env\?\.JCO_DEBUG\) \{ return; \}\s*console\.debug\(\.\.\.args\);\s*\};/;

/**
 * Empties the glue's debug log. Throws if the log is not of the shape that jco makes. The glue of a component
 * without functions has none.
 *
 * What jco 1.35 emits: `_debugLog`, which reads `process.env.JCO_DEBUG` in each of its calls, several times
 * per host call. What is wrong: reading `process.env` calls into Node, so that 100,000 writes of a guest take
 * twice the processor time. Reproduction: transpile any component and profile a loop of host calls. Reading
 * the variable once, when the module is loaded, would be enough; see also
 * https://github.com/bytecodealliance/jco/issues/417 (performance of host calls).
 */
export function patchDebugLog(source: string): string {
  return patchShape(source, {
    marker: '_debugLog',
    shape: debugLog,
    replacement: 'const _debugLog = () => {};',
    does: 'writes a debug log',
  });
}
