import { exportLabel, type ExportRef } from '../../instance/call';
import type { InstanceId } from '../../instance/registry';

/** What a row of the Instances view stands for. */
export type TreeNode =
  | { readonly type: 'component'; readonly path: string }
  | { readonly type: 'instance'; readonly id: InstanceId; readonly path: string }
  | {
      readonly type: 'call';
      readonly id: InstanceId;
      readonly path: string;
      readonly number: number;
      /** Set where it stands among the earlier ones. */
      readonly earlier?: true;
    }
  /** Holds the resources that calls on an instance returned. */
  | { readonly type: 'handles'; readonly id: InstanceId; readonly path: string }
  | { readonly type: 'handle'; readonly id: InstanceId; readonly path: string; readonly handle: string }
  /** Handles that are too many to list. */
  | { readonly type: 'earlier-handles'; readonly id: InstanceId; readonly path: string }
  /** Holds the functions that a component exports. */
  | { readonly type: 'exports'; readonly path: string }
  | { readonly type: 'export'; readonly path: string; readonly export: ExportRef }
  /** Holds the calls before those that are listed at once. */
  | { readonly type: 'earlier-calls'; readonly id: InstanceId; readonly path: string };

/** What a node is known by: two of the same key stand for the same row. */
function keyOf(node: TreeNode): string {
  switch (node.type) {
    case 'component':
      return node.path;
    case 'exports':
      return `${node.path}#`;
    case 'export':
      return `${node.path}#${exportLabel(node.export)}`;
    case 'instance':
      return node.id;
    case 'call':
      // A call that becomes an earlier one is another row, below another parent.
      return `${node.id}/${node.earlier === true ? 'earlier ' : ''}${String(node.number)}`;
    case 'handle':
      return `${node.id}/handle ${node.handle}`;
    case 'handles':
    case 'earlier-calls':
    case 'earlier-handles':
      return `${node.id}/${node.type}`;
  }
}

/** The row that a row stands below; undefined for those at the top. */
export function parentOf(node: TreeNode): TreeNode | undefined {
  switch (node.type) {
    case 'component':
      return undefined;
    case 'instance':
    case 'exports':
      return { type: 'component', path: node.path };
    case 'export':
      return { type: 'exports', path: node.path };
    case 'call':
      return node.earlier === true
        ? { type: 'earlier-calls', id: node.id, path: node.path }
        : { type: 'instance', id: node.id, path: node.path };
    case 'earlier-calls':
    case 'handles':
      return { type: 'instance', id: node.id, path: node.path };
    case 'handle':
    case 'earlier-handles':
      return { type: 'handles', id: node.id, path: node.path };
  }
}

/** Gives each row one object for as long as it is there, since VS Code compares nodes by identity. */
export class NodeIdentities {
  readonly #nodes = new Map<string, TreeNode>();

  /** The object that stands for the same row as this one. */
  of(node: TreeNode): TreeNode {
    const key = keyOf(node);
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    this.#nodes.set(key, node);
    return node;
  }

  /** Forgets the rows that have gone. */
  keepOnly(isThere: (node: TreeNode) => boolean): void {
    for (const [key, node] of this.#nodes) {
      if (!isThere(node)) this.#nodes.delete(key);
    }
  }

  get count(): number {
    return this.#nodes.size;
  }
}
