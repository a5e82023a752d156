const entries = /let i = 0;\s*for \(const \[key, value\] of (entries(\d+))\) \{/g;

/**
 * Gives each map that is passed to a component a counter of its own.
 *
 * What jco 1.35 emits: `let i = 0;` beside the loop over a map's entries (`MapLower` in function_bindgen.rs).
 * What is wrong: a second map in the same call declares `i` again, which is a syntax error, and a map in a
 * list hides the counter of the list. Reproduction: an export
 * `func(a: map<string, u32>, b: map<string, u32>)`. No upstream report is known.
 */
export function patchMapCounter(source: string): string {
  return source.replace(
    entries,
    (_whole, map: string, index: string) =>
      // The body increments `i` at its end, which has no effect then.
      `let next${index} = 0; for (const [key, value] of ${map}) { let i = next${index}++;`,
  );
}
