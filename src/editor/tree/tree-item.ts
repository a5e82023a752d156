import { basename } from 'node:path';
import * as vscode from 'vscode';
import { exportLabel, isSameExport, trapSource } from '../../instance/call';
import { callRowText, otherRowText } from '../../words/tree';
import { commandIds } from '../common/ids';
import { componentRow, goneRow } from './component-row';
import { exportRow } from './export-row';
import { handleRow } from './handle-row';
import { callRow, instanceRow, type Row } from './rows';
import { callsListed, handlesListed, isKeptForInstances } from './tree-children';
import type { TreeNode } from './tree-node';
import { exportsIn, type TreeSources } from './tree-sources';

const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;

type NodeOf<T extends TreeNode['type']> = Extract<TreeNode, { type: T }>;

/** How VS Code shows a row. A row whose subject is gone is shown as an empty one. */
export async function itemOf(node: TreeNode, sources: TreeSources): Promise<vscode.TreeItem> {
  switch (node.type) {
    case 'component':
      return await componentItem(node, sources);
    case 'instance':
      return instanceItem(node, sources);
    case 'call':
      return callItem(node, sources);
    case 'handles':
      return handlesItem(node, sources);
    case 'handle': {
      const handle = sources.handlesOf(node.id).find(({ name }) => name === node.handle);
      return handle === undefined ? goneItem(`${node.id}/${node.handle}`) : toItem(handleRow(handle), None);
    }
    case 'earlier-handles': {
      const count = sources.handlesOf(node.id).length - handlesListed;
      return new vscode.TreeItem(otherRowText.earlierHandles(count), None);
    }
    case 'exports':
      return exportsItem(node, sources);
    case 'export': {
      const exports = await exportsIn(node.path, sources);
      const callee = exports.find((each) => isSameExport(each, node.export));
      if (callee === undefined) return goneItem(exportLabel(node.export));
      const content = sources.library.get(node.path)?.content;
      const trapping =
        content?.type === 'component'
          ? sources.knowledge.trapReason(content.build.sha256, node.export)
          : undefined;
      return toItem(exportRow(callee, trapping), None);
    }
    case 'earlier-calls':
      return earlierCallsItem(node, sources);
  }
}

async function componentItem({ path }: NodeOf<'component'>, sources: TreeSources): Promise<vscode.TreeItem> {
  const { registry, library, knowledge } = sources;
  const component = library.get(path);
  if (component === undefined) {
    if (!isKeptForInstances(path, sources)) return goneItem(path);
    const item = toItem(goneRow(path, basename(path)), Expanded);
    item.id = path;
    return item;
  }
  const { content } = component;
  const isRead = content.type === 'component';
  const verdict = isRead ? knowledge.verdict(content.build.sha256) : undefined;
  const instances = registry.of(path);
  const item = toItem(
    componentRow(component, verdict, instances, {
      missing: await sources.missingImports(component),
      engine: sources.engineOf(path),
    }),
    instances.length > 0 ? Expanded : isRead ? Collapsed : None,
  );
  item.resourceUri = vscode.Uri.file(path);
  item.id = path;
  return item;
}

function instanceItem(node: NodeOf<'instance'>, { registry, terminalState }: TreeSources): vscode.TreeItem {
  const { id } = node;
  const instance = registry.get(id);
  if (instance === undefined) return goneItem(id);
  const item = toItem(
    instanceRow(instance, Date.now(), terminalState(id)),
    instance.standby ? None : instance.callCount > 10 ? Collapsed : Expanded,
  );
  item.id = id;
  if (terminalState(id) !== 'none') {
    const title = otherRowText.showTerminal();
    item.command = { command: commandIds.showTerminal, title, arguments: [node] };
  }
  return item;
}

function callItem(node: NodeOf<'call'>, { registry }: TreeSources): vscode.TreeItem {
  const call = registry.get(node.id)?.calls.find(({ number }) => number === node.number);
  if (call === undefined) return goneItem(node.id);
  const item = toItem(callRow(call, Date.now()), None);
  if (trapSource(call) !== undefined) {
    item.command = { command: commandIds.showTrap, title: callRowText.showTrap(), arguments: [node] };
  }
  return item;
}

function handlesItem({ id }: NodeOf<'handles'>, { handlesOf }: TreeSources): vscode.TreeItem {
  const item = new vscode.TreeItem(otherRowText.handles(handlesOf(id).length), Collapsed);
  // The label changes with every call that returns a handle; the row stays open.
  item.id = `${id}/handles`;
  item.contextValue = 'handles';
  item.iconPath = new vscode.ThemeIcon('references');
  item.tooltip = otherRowText.handlesHint();
  return item;
}

function exportsItem({ path }: NodeOf<'exports'>, { library }: TreeSources): vscode.TreeItem {
  const item = new vscode.TreeItem(otherRowText.exports(), Collapsed);
  item.contextValue = 'exports';
  const name = library.get(path)?.name ?? basename(path);
  item.accessibilityInformation = { label: otherRowText.exportsOf(name) };
  item.iconPath = new vscode.ThemeIcon('symbol-interface');
  return item;
}

function earlierCallsItem({ id }: NodeOf<'earlier-calls'>, { registry }: TreeSources): vscode.TreeItem {
  const { callCount, calls } = registry.get(id) ?? { callCount: 0, calls: [] };
  const item = new vscode.TreeItem(otherRowText.earlierCalls(callCount - callsListed), Collapsed);
  // The label changes with every call; the row stays open.
  item.id = `${id}/earlier-calls`;
  if (callCount > calls.length) item.description = otherRowText.earlierCallsKept(calls.length - callsListed);
  return item;
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

/** VS Code may ask for a row after its subject is gone. */
function goneItem(id: string): vscode.TreeItem {
  const item = new vscode.TreeItem('');
  item.id = `gone:${id}`;
  return item;
}
