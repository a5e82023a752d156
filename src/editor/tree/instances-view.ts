import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { InstanceId, RegistryChange } from '../../instance/registry';
import { otherRowText } from '../../words/tree';
import { viewId } from '../common/ids';
import { childrenOf, isThere } from './tree-children';
import { itemOf } from './tree-item';
import { NodeIdentities, parentOf, type TreeNode } from './tree-node';
import type { TreeSources } from './tree-sources';

/** Changes that come in a burst are shown together after this delay, in ms. */
const settleMs = 30;

/** How often visible running times are updated, in ms. */
const tickMs = 1000;

/** How often ages, which are shown in minutes, are updated, in ms. */
const agesMs = 60_000;

/** With fewer rows than this, rows of removed instances are not cleaned up. */
const leastTidied = 1000;

/** The Instances view: components, their instances, and the calls of each. */
export class InstancesView implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly #sources: TreeSources;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TreeNode | undefined>());
  readonly #nodes = new NodeIdentities();
  readonly #view: vscode.TreeView<TreeNode>;
  /** Nodes that wait for a refresh; `all` once the whole tree does. */
  #waiting: Set<TreeNode> | 'all' = new Set();
  /** Number of rows at which rows of removed instances are cleaned up. */
  #tidyAt = leastTidied;
  #settling: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;
  #ageing: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(sources: TreeSources) {
    this.#sources = sources;
    this.#view = this.#owned.add(
      vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true }),
    );
    this.#owned.add(
      sources.library.onDidChange(() => {
        this.#refresh(undefined);
      }),
    );
    this.#owned.add(
      sources.knowledge.onDidChange(() => {
        this.#refresh(undefined);
      }),
    );
    this.#owned.add(
      sources.registry.onDidChange((change) => {
        this.#onInstance(change);
      }),
    );
    this.#owned.add(
      this.#view.onDidChangeVisibility(() => {
        this.#tick();
        this.#age();
      }),
    );
    this.#owned.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#showTrust();
      }),
    );
    this.#showTrust();
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  readonly onDidChangeSelection: vscode.Event<unknown> = (listener, thisArgument, disposables) =>
    this.#view.onDidChangeSelection(listener, thisArgument, disposables);

  /** Calls back with each row that is opened or closed. */
  onDidToggle(listener: (row: TreeNode) => void): Disposable {
    return vscode.Disposable.from(
      this.#view.onDidExpandElement(({ element }) => listener(element)),
      this.#view.onDidCollapseElement(({ element }) => listener(element)),
    );
  }

  /** The selected row, for commands from the palette. */
  get selection(): TreeNode | undefined {
    return this.#view.selection[0];
  }

  /** Brings an instance into view without taking the focus, if the view is seen. */
  async reveal(id: InstanceId): Promise<void> {
    const instance = this.#sources.registry.get(id);
    if (instance === undefined || !this.#view.visible) return;
    // VS Code opens only rows that it knows to have children.
    this.#flush();
    await this.#view.reveal(this.#instanceNode(id, instance.build.path), {
      select: false,
      focus: false,
      expand: true,
    });
  }

  /** Redraws all rows, since what components are run with has changed. */
  refresh(): void {
    this.#refresh(undefined);
  }

  /** Redraws the row of an instance whose terminal has changed, since its actions depend on that. */
  terminalChanged(id: InstanceId): void {
    const instance = this.#sources.registry.get(id);
    if (instance !== undefined) this.#refresh(this.#instanceNode(id, instance.build.path));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return (await childrenOf(node, this.#sources)).map((child) => this.#nodes.of(child));
  }

  getParent(node: TreeNode): TreeNode | undefined {
    const parent = parentOf(node);
    return parent && this.#nodes.of(parent);
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    return await itemOf(node, this.#sources);
  }

  dispose(): void {
    clearTimeout(this.#settling);
    clearInterval(this.#ticking);
    clearInterval(this.#ageing);
    this.#owned.dispose();
  }

  #onInstance(change: RegistryChange): void {
    const { instance } = change;
    // The component's own row tells how many run, and whether it has children. The row of a file that is gone goes with its last instance.
    const { path } = instance.build;
    this.#refresh(
      this.#sources.library.get(path) === undefined ? undefined : this.#nodes.of({ type: 'component', path }),
    );
    this.#tick();
    if (change.type !== 'changed') this.#age();
  }

  #refresh(node: TreeNode | undefined): void {
    if (node === undefined) this.#waiting = 'all';
    else if (this.#waiting !== 'all') this.#waiting.add(node);
    this.#settling ??= setTimeout(() => this.#flush(), settleMs);
  }

  #flush(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    if (this.#nodes.count > this.#tidyAt) {
      this.#nodes.keepOnly((node) => isThere(node, this.#sources));
      this.#tidyAt = Math.max(leastTidied, this.#nodes.count * 2);
    }
    const waiting = this.#waiting;
    this.#waiting = new Set();
    if (waiting === 'all') this.#changed.fire(undefined);
    else for (const each of waiting) this.#changed.fire(each);
  }

  /** Updates running times every second while the view is visible and something runs. */
  #tick(): void {
    const running = this.#sources.registry.all().filter(({ state }) => state.type === 'running');
    const needed = this.#view.visible && running.length > 0;
    if (!needed) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
      return;
    }
    this.#ticking ??= setInterval(() => {
      for (const { id, build, state } of this.#sources.registry.all()) {
        if (state.type === 'running') this.#refresh(this.#instanceNode(id, build.path));
      }
    }, tickMs);
  }

  /** Updates ages when the view becomes visible, and then once a minute. */
  #age(): void {
    const needed = this.#view.visible && this.#sources.registry.all().length > 0;
    if (!needed) {
      clearInterval(this.#ageing);
      this.#ageing = undefined;
      return;
    }
    if (this.#ageing !== undefined) return;
    const refreshAll = () => {
      for (const { id, build } of this.#sources.registry.all())
        this.#refresh(this.#instanceNode(id, build.path));
    };
    refreshAll();
    this.#ageing = setInterval(refreshAll, agesMs);
  }

  #showTrust(): void {
    this.#view.message = vscode.workspace.isTrusted ? '' : otherRowText.restricted();
  }

  #instanceNode(id: InstanceId, path: string): TreeNode {
    return this.#nodes.of({ type: 'instance', id, path });
  }
}
