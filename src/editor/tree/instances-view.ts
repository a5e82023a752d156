import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Callable } from '../../component/wave/callee';
import { exportLabel, type ExportRef } from '../../instance/call';
import type { LiveHandle } from '../../instance/handle-table';
import type { Knowledge } from '../../instance/knowledge';
import type { InstanceId, InstanceRegistry, RegistryChange } from '../../instance/registry';
import type { ComponentLibrary } from '../components/component-library';
import type { KnownComponent } from '../components/known-component';
import { commandIds, viewId } from '../ids';
import { componentRow } from './component-row';
import { exportRow } from './export-row';
import { handleRow } from './handle-row';
import { callRow, instanceRow, trapSource, type Row, type TerminalState } from './present';

/** A row's identity. It stays the same object as long as the row is there, since VS Code compares by it. */
export type TreeNode =
  | { readonly type: 'component'; readonly path: string }
  | { readonly type: 'instance'; readonly id: InstanceId; readonly path: string }
  | { readonly type: 'call'; readonly id: InstanceId; readonly path: string; readonly number: number }
  /** Holds the resources that calls on an instance returned. */
  | { readonly type: 'handles'; readonly id: InstanceId; readonly path: string }
  | { readonly type: 'handle'; readonly id: InstanceId; readonly path: string; readonly handle: string }
  /** Handles that are too many to list. */
  | { readonly type: 'earlier-handles'; readonly id: InstanceId; readonly path: string }
  /** Holds the functions that a component exports. */
  | { readonly type: 'exports'; readonly path: string }
  | { readonly type: 'export'; readonly path: string; readonly export: ExportRef }
  /** Calls that are too many to list. */
  | { readonly type: 'earlier-calls'; readonly id: InstanceId; readonly path: string };

/** What the tree reads. */
export interface TreeSources {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  /** The functions that a component exports; rejects where they cannot be read. */
  readonly exportsOf: (component: KnownComponent) => Promise<readonly Callable[]>;
  /** The resources that calls on an instance returned and that are still there. */
  readonly handlesOf: (id: InstanceId) => readonly LiveHandle[];
  /** Whether an instance has a terminal that can be shown, and whether that shows all of the output. */
  readonly terminalState: (id: InstanceId) => TerminalState;
}

/** Changes that come in a burst are shown at once, this much later. */
const settleMs = 30;

/** How often ages and running times are brought up to date while they are seen, in ms. */
const tickMs = 1000;

/** Calls of one instance that are listed, and handles; older ones fold into one row. */
const callsListed = 100;
const handlesListed = 100;

/** The Instances view: components, their instances, and the calls of each. */
export class InstancesView implements vscode.TreeDataProvider<TreeNode>, Disposable {
  readonly #sources: TreeSources;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TreeNode | undefined>());
  readonly #nodes = new Map<string, TreeNode>();
  readonly #view: vscode.TreeView<TreeNode>;
  /** Nodes that wait for a refresh; `all` once the whole tree does. */
  #waiting: Set<TreeNode> | 'all' = new Set();
  #settling: NodeJS.Timeout | undefined;
  #ticking: NodeJS.Timeout | undefined;

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

  /** The component or instance that is selected, for commands from the palette. */
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

  /** A terminal has come or gone, or has begun to leave output out, which changes what can be done with its instance. */
  terminalChanged(id: InstanceId): void {
    const instance = this.#sources.registry.get(id);
    if (instance !== undefined) this.#refresh(this.#instanceNode(id, instance.build.path));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    switch (node?.type) {
      case undefined:
        return this.#sources.library.all().map(({ path }) => this.#componentNode(path));
      case 'component': {
        const instances = this.#sources.registry
          .of(node.path)
          .map(({ id, build }) => this.#instanceNode(id, build.path))
          .reverse();
        const hasExports = this.#sources.library.get(node.path)?.content.type === 'component';
        return hasExports
          ? [...instances, this.#node(`${node.path}#`, { type: 'exports', path: node.path })]
          : instances;
      }
      case 'exports':
        return (await this.#exportsOf(node.path)).map((callee) => {
          const { interface: home, func } = callee;
          const ref: ExportRef = home === undefined ? { func } : { interface: home, func };
          return this.#node(`${node.path}#${exportLabel(ref)}`, {
            type: 'export',
            path: node.path,
            export: ref,
          });
        });
      case 'instance': {
        const calls = this.#sources.registry.get(node.id)?.calls ?? [];
        const handles: TreeNode[] =
          this.#sources.handlesOf(node.id).length > 0
            ? [this.#node(`${node.id}/handles`, { ...node, type: 'handles' })]
            : [];
        const earlier: TreeNode[] =
          calls.length > callsListed
            ? [this.#node(`${node.id}/earlier`, { ...node, type: 'earlier-calls' })]
            : [];
        return [
          ...handles,
          ...earlier,
          ...calls
            .slice(-callsListed)
            .map(({ number }) =>
              this.#node(`${node.id}/${String(number)}`, { ...node, type: 'call', number }),
            ),
        ];
      }
      case 'handles': {
        const handles = this.#sources.handlesOf(node.id);
        const earlier: TreeNode[] =
          handles.length > handlesListed
            ? [this.#node(`${node.id}/earlier-handles`, { ...node, type: 'earlier-handles' })]
            : [];
        return [
          ...earlier,
          ...handles
            .slice(-handlesListed)
            .map(({ name }) => this.#node(`${node.id}/${name}`, { ...node, type: 'handle', handle: name })),
        ];
      }
      case 'call':
      case 'earlier-calls':
      case 'export':
      case 'handle':
      case 'earlier-handles':
        return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    switch (node.type) {
      case 'component':
        return undefined;
      case 'instance':
      case 'exports':
        return this.#componentNode(node.path);
      case 'export':
        return this.#node(`${node.path}#`, { type: 'exports', path: node.path });
      case 'call':
      case 'earlier-calls':
      case 'handles':
        return this.#instanceNode(node.id, node.path);
      case 'handle':
      case 'earlier-handles':
        return this.#node(`${node.id}/handles`, { type: 'handles', id: node.id, path: node.path });
    }
  }

  async getTreeItem(node: TreeNode): Promise<vscode.TreeItem> {
    const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
    const { registry, library, knowledge, terminalState } = this.#sources;
    const now = Date.now();
    switch (node.type) {
      case 'component': {
        const component = library.get(node.path);
        if (component === undefined) return goneItem(node.path);
        const instances = registry.of(node.path);
        const verdict =
          component.content.type === 'component'
            ? knowledge.verdict(component.content.build.sha256)
            : undefined;
        const item = toItem(
          componentRow(component, verdict, instances),
          instances.length > 0 ? Expanded : component.content.type === 'component' ? Collapsed : None,
        );
        item.resourceUri = vscode.Uri.file(node.path);
        item.id = node.path;
        return item;
      }
      case 'instance': {
        const instance = registry.get(node.id);
        if (instance === undefined) return goneItem(node.id);
        const item = toItem(
          instanceRow(instance, now, terminalState(node.id)),
          instance.standby ? None : instance.callCount > 10 ? Collapsed : Expanded,
        );
        item.id = node.id;
        if (terminalState(node.id) !== 'none') {
          item.command = { command: commandIds.showTerminal, title: 'Show Terminal', arguments: [node] };
        }
        return item;
      }
      case 'call': {
        const call = registry.get(node.id)?.calls.find(({ number }) => number === node.number);
        if (call === undefined) return goneItem(node.id);
        const item = toItem(callRow(call, now), None);
        if (trapSource(call) !== undefined) {
          item.command = { command: commandIds.showTrap, title: 'Show Where It Trapped', arguments: [node] };
        }
        return item;
      }
      case 'handles': {
        const count = this.#sources.handlesOf(node.id).length;
        const item = new vscode.TreeItem(`Handles (${count.toLocaleString()})`, Collapsed);
        // The label changes with every call that returns one; the row stays open.
        item.id = `${node.id}/handles`;
        item.contextValue = 'handles';
        item.iconPath = new vscode.ThemeIcon('references');
        item.tooltip = 'Resources that calls returned. Calls on this instance use them by these names.';
        return item;
      }
      case 'handle': {
        const handle = this.#sources.handlesOf(node.id).find(({ name }) => name === node.handle);
        return handle === undefined ? goneItem(`${node.id}/${node.handle}`) : toItem(handleRow(handle), None);
      }
      case 'earlier-handles': {
        const count = this.#sources.handlesOf(node.id).length - handlesListed;
        return new vscode.TreeItem(`${count.toLocaleString()} earlier handles`, None);
      }
      case 'exports': {
        const item = new vscode.TreeItem('Exports', Collapsed);
        item.contextValue = 'exports';
        item.iconPath = new vscode.ThemeIcon('symbol-interface');
        return item;
      }
      case 'export': {
        const exports = await this.#exportsOf(node.path);
        const callee = exports.find(
          ({ interface: home, func }) => home === node.export.interface && func === node.export.func,
        );
        return callee === undefined ? goneItem(exportLabel(node.export)) : toItem(exportRow(callee), None);
      }
      case 'earlier-calls': {
        const count = (registry.get(node.id)?.callCount ?? 0) - callsListed;
        return new vscode.TreeItem(`${count.toLocaleString()} earlier calls`, None);
      }
    }
  }

  dispose(): void {
    clearTimeout(this.#settling);
    clearInterval(this.#ticking);
    this.#owned.dispose();
  }

  /** Exports that cannot be read are no reason for a tree without rows: what is wrong with the file is in its own row. */
  async #exportsOf(path: string): Promise<readonly Callable[]> {
    const component = this.#sources.library.get(path);
    if (component?.content.type !== 'component') return [];
    return await this.#sources.exportsOf(component).catch(() => []);
  }

  #onInstance(change: RegistryChange): void {
    const { instance } = change;
    if (change.type === 'removed') {
      for (const key of [...this.#nodes.keys()]) {
        if (key === instance.id || key.startsWith(`${instance.id}/`)) this.#nodes.delete(key);
      }
    }
    // The component's own row tells how many run, and whether it has children.
    this.#refresh(this.#componentNode(instance.build.path));
    this.#tick();
  }

  #refresh(node: TreeNode | undefined): void {
    if (node === undefined) this.#waiting = 'all';
    else if (this.#waiting !== 'all') this.#waiting.add(node);
    this.#settling ??= setTimeout(() => this.#flush(), settleMs);
  }

  #flush(): void {
    clearTimeout(this.#settling);
    this.#settling = undefined;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    if (waiting === 'all') this.#changed.fire(undefined);
    else for (const each of waiting) this.#changed.fire(each);
  }

  /** Keeps times fresh, but only while the view is seen and something in it has an age that moves. */
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

  #showTrust(): void {
    this.#view.message = vscode.workspace.isTrusted
      ? ''
      : 'Restricted mode: components are listed but not run until you trust this workspace.';
  }

  #componentNode(path: string): TreeNode {
    return this.#node(path, { type: 'component', path });
  }

  #instanceNode(id: InstanceId, path: string): TreeNode {
    return this.#node(id, { type: 'instance', id, path });
  }

  #node(key: string, node: TreeNode): TreeNode {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    this.#nodes.set(key, node);
    return node;
  }
}

function toItem(row: Row, collapsible: vscode.TreeItemCollapsibleState): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible);
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = row.contextValue;
  item.tooltip = row.tooltip.join('\n');
  item.accessibilityInformation = { label: row.accessibleLabel };
  return item;
}

/** A row may be asked for once more after it has gone. */
function goneItem(id: string): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = `gone:${id}`;
  return item;
}
