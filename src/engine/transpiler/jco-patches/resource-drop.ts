const begun = /, symbolDispose, \{ writable: true, value: function \(\) \{/g;

const drop =
  /(Object\.defineProperty\((rsc\d+), symbolDispose, \{ writable: true, value: function \(\) \{)\s*finalizationRegistry(\d+)\.unregister\(\2\);\s*const handleEntry = rscTableRemove\(handleTable\3, handle\d+\);\s*\2\[symbolDispose\] = emptyFunc;\s*\2\[symbolRscHandle\] = undefined;/g;

/**
 * Makes each resource drop itself. Throws if a drop is not of the shape that jco makes.
 *
 * What jco 1.35 emits: the drop of a resource as a closure over `var rsc0` and `var handle1` (`HandleLift` in
 * function_bindgen.rs; `var` since https://github.com/bytecodealliance/jco/pull/262). What is wrong: in a
 * list, which is lifted in a loop, all closures share these variables, so that dropping any resource drops
 * the last one. Reproduction: an export `func() -> list<r>` that returns two resources; drop the first. No
 * upstream report is known.
 */
export function patchResourceDrop(source: string): string {
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
