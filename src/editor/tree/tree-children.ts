import { exportsIn, type TreeSources } from './tree-sources';
import type { TreeNode } from './tree-node';

/** Calls of one instance that are listed, and handles; older ones fold into one row. */
export const callsListed = 100;
export const handlesListed = 100;

/** The rows below a row, or at the top. */
export async function childrenOf(
  node: TreeNode | undefined,
  sources: TreeSources,
): Promise<readonly TreeNode[]> {
  switch (node?.type) {
    case undefined:
      return sources.library.all().map(({ path }) => ({ type: 'component', path }));
    case 'component':
      return belowComponent(node, sources);
    case 'instance':
      return belowInstance(node, sources);
    case 'handles':
      return belowHandles(node, sources);
    case 'exports': {
      const exports = await exportsIn(node.path, sources);
      return exports.map(({ interface: home, func }) => ({
        type: 'export',
        path: node.path,
        export: home === undefined ? { func } : { interface: home, func },
      }));
    }
    case 'call':
    case 'earlier-calls':
    case 'export':
    case 'handle':
    case 'earlier-handles':
      return [];
  }
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

function belowHandles({ id, path }: NodeOf<'handles'>, { handlesOf }: TreeSources): readonly TreeNode[] {
  const handles = handlesOf(id);
  return [
    ...(handles.length > handlesListed ? [{ type: 'earlier-handles', id, path } as const] : []),
    ...handles.slice(-handlesListed).map(({ name }) => ({ type: 'handle', id, path, handle: name }) as const),
  ];
}
