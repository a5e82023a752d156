import * as vscode from 'vscode';
import { jcoVersion } from '../../engine/backend';
import type { Engine } from '../../engine/engine';
import type { EngineName } from '../../instance/profile';
import { chooseEngineText, engineText } from '../../words/engine';
import { wasmtimeInstallUrl } from '../../words/engine-lack';
import { notify } from '../common/notify';
import { settings } from '../settings/settings';

interface Choice extends vscode.QuickPickItem {
  readonly choose: () => unknown;
}

/** Opens the setting that names the program of wasmtime. */
export async function openWasmtimeSetting(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', '@id:freshInstance.wasmtime.path');
}

/** Opens the page that says how to install wasmtime. */
export async function openWasmtimeInstallation(): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(wasmtimeInstallUrl));
}

/** Lists the engines with their versions, and how to get what is not installed. The chosen one becomes that of all components. */
export async function chooseEngine(engine: Engine): Promise<void> {
  const picked = await vscode.window.showQuickPick<Choice>(
    engine.wasmtime().then((found) => choices(found)),
    {
      title: chooseEngineText.title(),
      matchOnDescription: true,
    },
  );
  await picked?.choose();
}

function choices(wasmtime: Awaited<ReturnType<Engine['wasmtime']>>): Choice[] {
  const current = settings.engine();
  const engineItem = (name: EngineName, version: string, where: string): Choice => ({
    label: engineText({ name, version }),
    description: name === current ? `${where} · ${chooseEngineText.current()}` : where,
    detail: chooseEngineText.detail(name),
    choose: () => choose(name, version),
  });
  return [
    engineItem('jco', jcoVersion, chooseEngineText.bundled()),
    ...(wasmtime.ok
      ? [engineItem('wasmtime', wasmtime.value.version, wasmtime.value.path)]
      : [
          {
            label: chooseEngineText.install(),
            detail: chooseEngineText.missing(wasmtime.error),
            choose: openWasmtimeInstallation,
          },
        ]),
    { label: '', kind: vscode.QuickPickItemKind.Separator, choose: () => undefined },
    { label: chooseEngineText.setPath(), choose: openWasmtimeSetting },
  ];
}

async function choose(name: EngineName, version: string): Promise<void> {
  await settings.setEngine(name);
  void notify.info(chooseEngineText.chosen(engineText({ name, version })));
}
