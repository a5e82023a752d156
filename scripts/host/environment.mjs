// @ts-check
import { withNodeFirst } from '../setup/node.mjs';

/**
 * This process's environment without the variables of an outer VS Code or Node.
 * @param {string} node
 * @returns {Record<string, string>}
 */
export function cleanEnvironment(node) {
  return Object.fromEntries(
    Object.entries(withNodeFirst(node)).flatMap(([name, value]) =>
      value === undefined || /^(VSCODE_|ELECTRON_|XDG_|npm_)/i.test(name) ? [] : [[name, value]],
    ),
  );
}
