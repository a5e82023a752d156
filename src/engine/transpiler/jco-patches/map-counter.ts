const entries = /let i = 0;\s*for \(const \[key, value\] of (entries(\d+))\) \{/g;

/**
 * Lets each map that is passed to a component count its entries by itself. jco 1.35 declares `i` beside the loop (`MapLower` in its
 * function_bindgen.rs): a second map in the same call is a syntax error, and a map in a list hides the counter of the list.
 */
export function withOwnCounters(source: string): string {
  return source.replace(
    entries,
    (_whole, map: string, index: string) =>
      // The body counts `i` on at its end, which is of no consequence then.
      `let next${index} = 0; for (const [key, value] of ${map}) { let i = next${index}++;`,
  );
}
