// @ts-check

/**
 * @typedef {{readonly from: string, readonly to: string}} Import paths of the importing file and the imported one
 */

/**
 * The folder right below `parent` that holds a file; files in `parent` itself count as one folder, named `.`.
 * @param {string} file
 * @param {string} parent such as `src/editor`
 */
function folderOf(file, parent) {
  const [folder, ...rest] = file.slice(parent.length + 1).split('/');
  return rest.length === 0 || folder === undefined ? '.' : folder;
}

/**
 * The imports that are part of a cycle between folders of `parent`, type-only imports too. Empty if the folders have an order.
 * @param {readonly Import[]} imports
 * @param {string} parent such as `src/editor`
 * @returns {readonly Import[]}
 */
export function folderCycles(imports, parent) {
  const inside = imports
    .filter(({ from, to }) => from.startsWith(`${parent}/`) && to.startsWith(`${parent}/`))
    .map((each) => ({ each, from: folderOf(each.from, parent), to: folderOf(each.to, parent) }))
    .filter(({ from, to }) => from !== to);
  /** @type {(folder: string, seen?: Set<string>) => Set<string>} */
  const reachable = (folder, seen = new Set()) => {
    for (const { from, to } of inside) {
      if (from !== folder || seen.has(to)) continue;
      seen.add(to);
      reachable(to, seen);
    }
    return seen;
  };
  return inside.filter(({ from, to }) => reachable(to).has(from)).map(({ each }) => each);
}
