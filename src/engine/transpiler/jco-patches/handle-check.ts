import { patchShape } from './patch-shape';

const borrowed = /(var rep\d+ = )(handleTable\d+)\[\((\w+) << 1\) \+ 1\] & ~T_FLAG;/g;

const check = `function rscTableRep(table, handle) {
    const val = table[(handle << 1) + 1];
    if (!val || (table[handle << 1] & T_FLAG) !== 0) {
      throw new WebAssembly.RuntimeError(\`unknown handle index \${handle}\`);
    }
    return val & ~T_FLAG;
  }
  `;

/**
 * Makes the use of an unknown or consumed handle a trap. Throws if the removal of a handle is not of the
 * shape that jco makes.
 *
 * What jco 1.35 emits: `rscTableRemove`, which refuses entries of 0 but not those behind the table's end, and
 * `handleTable[…]` without any check where a resource of the host is borrowed. What is wrong: a guest that
 * drops or uses a handle that it never got runs on with representation 0 in place of trapping (Canonical ABI,
 * `Table.get`). Reproduction: `(canon resource.drop $r)` called with 5 on an empty table returns. A report of
 * the opposite fault was https://github.com/bytecodealliance/jco/issues/1863.
 */
export function patchHandleCheck(source: string): string {
  const removal = patchShape(source, {
    marker: 'function rscTableRemove(',
    shape: /(function rscTableRemove\(table, handle\) \{[^]*?if \()val === 0 \|\| /,
    replacement: '$1!val || ',
    does: 'removes handles',
  });
  if (removal.search(borrowed) < 0) return removal;
  const checked = patchShape(removal, {
    marker: 'T_FLAG',
    shape: /const T_FLAG = 1 << 30;/,
    replacement: `$&\n  ${check}`,
    does: 'marks handles',
  });
  return checked.replace(borrowed, '$1rscTableRep($2, $3);');
}
