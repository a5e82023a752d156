import { basename } from 'node:path';
import * as vscode from 'vscode';
import { exportLabel, isSameExport, trapSource } from '../../instance/call';
import { commandIds } from '../common/ids';
import { componentRow, goneRow } from './component-row';
import { exportRow } from './export-row';
import { handleRow } from './handle-row';
import { callRow, instanceRow, type Row } from './rows';
import { callsListed, handlesListed, isKeptForInstances } from './tree-children';
import type { TreeNode } from './tree-node';
import { exportsIn, type TreeSources } from './tree-sources';

/** How VS Code is to show a row. One that has gone since is shown as nothing. */
export async function itemOf(node: TreeNode, sources: TreeSources): Promise<vscode.TreeItem> {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const { registry, library, knowledge, terminalState, handlesOf } = sources;
  const now = Date.now();
  switch (node.type) {
    case 'component': {
      const component = library.get(node.path);
      const instances = registry.of(node.path);
      if (component === undefined) {
        if (!isKeptForInstances(node.path, sources)) return goneItem(node.path);
        const item = toItem(goneRow(node.path, basename(node.path)), Expanded);
        item.id = node.path;
        return item;
      }
      const verdict =
        component.content.type === 'component'
          ? knowledge.verdict(component.content.build.sha256)
          : undefined;
      const item = toItem(
        componentRow(component, verdict, instances, await sources.missingImports(component)),
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
        item.command = { command: commandIds.showTrap, title: 'Show Trap Location', arguments: [node] };
      }
      return item;
    }
    case 'handles': {
      const count = handlesOf(node.id).length;
      const item = new vscode.TreeItem(`Handles (${count.toLocaleString()})`, Collapsed);
      // The label changes with every call that returns one; the row stays open.
      item.id = `${node.id}/handles`;
      item.contextValue = 'handles';
      item.iconPath = new vscode.ThemeIcon('references');
      item.tooltip = 'Resources that calls returned. Calls on this instance use them by these names.';
      return item;
    }
    case 'handle': {
      const handle = handlesOf(node.id).find(({ name }) => name === node.handle);
      return handle === undefined ? goneItem(`${node.id}/${node.handle}`) : toItem(handleRow(handle), None);
    }
    case 'earlier-handles': {
      const count = handlesOf(node.id).length - handlesListed;
      return new vscode.TreeItem(`${count.toLocaleString()} earlier handles`, None);
    }
    case 'exports': {
      const item = new vscode.TreeItem('Exports', Collapsed);
      item.contextValue = 'exports';
      item.accessibilityInformation = {
        label: `Exports of ${library.get(node.path)?.name ?? basename(node.path)}`,
      };
      item.iconPath = new vscode.ThemeIcon('symbol-interface');
      return item;
    }
    case 'export': {
      const exports = await exportsIn(node.path, sources);
      const callee = exports.find((each) => isSameExport(each, node.export));
      return callee === undefined ? goneItem(exportLabel(node.export)) : toItem(exportRow(callee), None);
    }
    case 'earlier-calls': {
      const { callCount, calls } = registry.get(node.id) ?? { callCount: 0, calls: [] };
      const item = new vscode.TreeItem(
        `${(callCount - callsListed).toLocaleString()} earlier calls`,
        Collapsed,
      );
      // The label changes with every call; the row stays open.
      item.id = `${node.id}/earlier-calls`;
      if (callCount > calls.length)
        item.description = `the last ${String(calls.length - callsListed)} are kept`;
      return item;
    }
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
