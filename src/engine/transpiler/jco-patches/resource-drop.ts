const begun = /, symbolDispose, \{ writable: true, value: function \(\) \{/g;

const drop =
  /(Object\.defineProperty\((rsc\d+), symbolDispose, \{ writable: true, value: function \(\) \{)\s*finalizationRegistry(\d+)\.unregister\(\2\);\s*const handleEntry = rscTableRemove\(handleTable\3, handle\d+\);\s*\2\[symbolDispose\] = emptyFunc;\s*\2\[symbolRscHandle\] = undefined;/g;

/**
 * Lets each resource drop itself. jco 1.35 writes the drop of a resource over variables that all resources of a list share
 * (`HandleLift` in its function_bindgen.rs: `var` in a loop), so that any of them would drop the last.
 * Throws if a drop is not of the shape that jco makes.
 */
export function withOwnDrops(source: string): string {
  let found = 0;
  const result = source.replace(drop, (_whole, head: string, _resource: string, table: string) => {
    found += 1;
    return (
      `${head} finalizationRegistry${table}.unregister(this);` +
      ` const handleEntry = rscTableRemove(handleTable${table}, this[symbolRscHandle]);` +
      ' this[symbolDispose] = emptyFunc; this[symbolRscHandle] = undefined;'
    );
  });
  if (found !== (source.match(begun) ?? []).length) {
    throw new Error('The generated module drops resources in an unexpected way.');
  }
  return result;
}
