import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { StandbyLimits } from '../../engine/instance-pool';
import type { OnRepeatedRun } from '../../calls/run-policy';
import type { ComponentMapping } from '../../source/component-candidate';
import { profileInSetting, type SettingProfile } from './profile-setting';
import { modulesInSetting } from './import-setting';

/** The user's settings, read at the moment they are needed, so that a change takes effect at once. */
export const settings = {
  onRepeatedRun(): OnRepeatedRun {
    return read<OnRepeatedRun>('onRepeatedRun', 'ask');
  },
  async setOnRepeatedRun(value: OnRepeatedRun): Promise<void> {
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update('onRepeatedRun', value, vscode.ConfigurationTarget.Global);
  },
  outputCapBytes(): number {
    return read('output.capMiB', 16) * 1024 * 1024;
  },
  /** What pre-warmed instances may cost. */
  standbyLimits(): StandbyLimits {
    return {
      max: read('standby.max', 2),
      maxMemoryBytes: read('standby.memoryMiB', 256) * 1024 * 1024,
      idleMs: read('standby.idleMinutes', 5) * 60_000,
    };
  },
  /** Whether entry points of a document get lenses; can be set per language. */
  showsLenses(document: vscode.TextDocument): boolean {
    return readFor(document, 'lenses.enabled');
  },
  /** Whether entry points of a document tell their verdict on hover; can be set per language. */
  showsHovers(document: vscode.TextDocument): boolean {
    return readFor(document, 'hovers.enabled');
  },
  /** Whether second runs in a host program are reported; can be set per language. */
  diagnosesSecondRuns(document: vscode.TextDocument): boolean {
    return readFor(document, 'diagnostics.secondRun');
  },
  /** Which components which sources make, as the user says; relative to each folder's root. */
  componentMappings(): readonly ComponentMapping[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      vscode.workspace
        .getConfiguration('freshInstance', uri)
        .get<readonly Omit<ComponentMapping, 'folder'>[]>('components.sources', [])
        .map(({ wasm, sources }) => ({ wasm, sources, folder: uri.fsPath })),
    );
  },
  /** The modules for imports of a component that WASI does not provide. Relative paths start at its workspace folder, or at its own folder. */
  importModules(component: string): ReturnType<typeof modulesInSetting> {
    const { setting, folder } = readOf(component, 'imports');
    return modulesInSetting(setting, component, folder);
  },
  /** What a component is given and granted until its user chooses something else. */
  profile(component: string): SettingProfile {
    const { setting, folder } = readOf(component, 'profiles');
    return profileInSetting(setting, component, folder);
  },
  /** Whether components with an unknown verdict are probed without being asked for. */
  probesAutomatically(): boolean {
    return read('probe.automatic', false);
  },
  revealTerminal(): boolean {
    return read<'always' | 'never'>('terminal.reveal', 'always') === 'always';
  },
};

/** A setting that has entries for components, with the folder that paths in it begin at. */
function readOf(component: string, name: string): { setting: unknown; folder: string } {
  const uri = vscode.Uri.file(component);
  return {
    setting: vscode.workspace.getConfiguration('freshInstance', uri).get<unknown>(name),
    folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(component),
  };
}

function readFor(document: vscode.TextDocument, name: string): boolean {
  return vscode.workspace.getConfiguration('freshInstance', document).get<boolean>(name, true);
}

function read<T>(name: string, fallback: T): T {
  return vscode.workspace.getConfiguration('freshInstance').get<T>(name, fallback);
}
