import { refOf } from '../../instance/call';
import { exportsIn, type TreeSources } from './tree-sources';
import type { TreeNode } from './tree-node';

/** Calls of one instance that are listed, and handles; older ones fold into one row. */
export const callsListed = 100;
export const handlesListed = 100;

/** Whether what a row stands for is still there: its instance, and its call among those that are kept. */
export function isThere(node: TreeNode, { registry }: TreeSources): boolean {
  if (!('id' in node)) return true;
  const instance = registry.get(node.id);
  if (instance === undefined) return false;
  return node.type !== 'call' || node.number > instance.callCount - instance.calls.length;
}

/** The rows below a row, or at the top. */
export async function childrenOf(
  node: TreeNode | undefined,
  sources: TreeSources,
): Promise<readonly TreeNode[]> {
  switch (node?.type) {
    case undefined:
      return [...sources.library.all().map(({ path }) => path), ...gonePaths(sources)].map((path) => ({
        type: 'component',
        path,
      }));
    case 'component':
      return belowComponent(node, sources);
    case 'instance':
      return belowInstance(node, sources);
    case 'handles':
      return belowHandles(node, sources);
    case 'exports': {
      const exports = await exportsIn(node.path, sources);
      return exports.map((callee) => ({ type: 'export', path: node.path, export: refOf(callee) }));
    }
    case 'earlier-calls':
      return belowEarlierCalls(node, sources);
    case 'call':
    case 'export':
    case 'handle':
    case 'earlier-handles':
      return [];
  }
}

/** Files that are gone from the workspace while instances of them are there. */
function gonePaths(sources: TreeSources): readonly string[] {
  const paths = new Set(sources.registry.all().map(({ build }) => build.path));
  return [...paths].filter((path) => isKeptForInstances(path, sources)).sort();
}

/** Whether a file that is gone still has a row: instances of it that somebody used are there. */
export function isKeptForInstances(path: string, { library, registry }: TreeSources): boolean {
  return library.get(path) === undefined && registry.of(path).some(({ standby }) => !standby);
}

type NodeOf<T extends TreeNode['type']> = Extract<TreeNode, { type: T }>;

function belowComponent(
  { path }: NodeOf<'component'>,
  { library, registry }: TreeSources,
): readonly TreeNode[] {
  const instances = registry
    .of(path)
    .map(({ id, build }): TreeNode => ({ type: 'instance', id, path: build.path }));
  const hasExports = library.get(path)?.content.type === 'component';
  return [...instances.reverse(), ...(hasExports ? [{ type: 'exports', path } as const] : [])];
}

function belowInstance({ id, path }: NodeOf<'instance'>, sources: TreeSources): readonly TreeNode[] {
  const calls = sources.registry.get(id)?.calls ?? [];
  return [
    ...(sources.handlesOf(id).length > 0 ? [{ type: 'handles', id, path } as const] : []),
    ...(calls.length > callsListed ? [{ type: 'earlier-calls', id, path } as const] : []),
    ...calls.slice(-callsListed).map(({ number }) => ({ type: 'call', id, path, number }) as const),
  ];
}

function belowEarlierCalls(
  { id, path }: NodeOf<'earlier-calls'>,
  { registry }: TreeSources,
): readonly TreeNode[] {
  const calls = registry.get(id)?.calls ?? [];
  return calls
    .slice(0, -callsListed)
    .map(({ number }) => ({ type: 'call', id, path, number, earlier: true }));
}

function belowHandles({ id, path }: NodeOf<'handles'>, { handlesOf }: TreeSources): readonly TreeNode[] {
  const handles = handlesOf(id);
  return [
    ...(handles.length > handlesListed ? [{ type: 'earlier-handles', id, path } as const] : []),
    ...handles.slice(-handlesListed).map(({ name }) => ({ type: 'handle', id, path, handle: name }) as const),
  ];
}
