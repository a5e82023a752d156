import { dirname } from 'node:path';
import * as vscode from 'vscode';
import type { StandbyLimits } from '../../engine/instance-pool';
import { usualPlaces, type WasmtimePlaces } from '../../engine/wasmtime/discover';
import type { EngineName } from '../../instance/profile';
import { parseEngine } from '../../calls/grants';
import type { OnRepeatedRun } from '../../calls/plan-call';
import type { ComponentMapping } from '../../source/component-candidate';
import type { SettingName } from '../common/ids';
import { profileInSetting, type SettingProfile } from './profile-setting';
import { modulesInSetting } from './import-setting';

/** The user's settings. Each is read when it is needed, so that a change takes effect at once. */
export const settings = {
  onRepeatedRun(): OnRepeatedRun {
    return read<OnRepeatedRun>('onRepeatedRun', 'ask');
  },
  async setOnRepeatedRun(value: OnRepeatedRun): Promise<void> {
    const name: SettingName = 'onRepeatedRun';
    await vscode.workspace
      .getConfiguration('freshInstance')
      .update(name, value, vscode.ConfigurationTarget.Global);
  },
  outputCapBytes(): number {
    return read('output.capMiB', 16) * 1024 * 1024;
  },
  /** Limits of pre-warmed instances. */
  standbyLimits(): StandbyLimits {
    return {
      max: read('standby.max', 2),
      maxMemoryBytes: read('standby.memoryMiB', 256) * 1024 * 1024,
      idleMs: read('standby.idleMinutes', 5) * 60_000,
    };
  },
  /** Whether entry points of a document get lenses. Can be set per language. */
  showsLenses(document: vscode.TextDocument): boolean {
    return readFor(document, 'lenses.enabled');
  },
  /** Whether a hover of an entry point shows its verdict. Can be set per language. */
  showsHovers(document: vscode.TextDocument): boolean {
    return readFor(document, 'hovers.enabled');
  },
  /** Whether second runs in a host program are reported. Can be set per language. */
  diagnosesSecondRuns(document: vscode.TextDocument): boolean {
    return readFor(document, 'diagnostics.secondRun');
  },
  /** Sources of components, as the user lists them. Paths are relative to `folder`. */
  componentMappings(): readonly ComponentMapping[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri }) =>
      read<readonly Omit<ComponentMapping, 'folder'>[]>('components.sources', [], uri).map(
        ({ wasm, sources }) => ({ wasm, sources, folder: uri.fsPath }),
      ),
    );
  },
  /** The modules for imports of a component that WASI does not provide. Relative paths start at its workspace folder, or at its own folder. */
  importModules(component: string): ReturnType<typeof modulesInSetting> {
    const { setting, folder } = readOf(component, 'imports');
    return modulesInSetting(setting, component, folder);
  },
  /** The engine that a component runs on unless its profile names another. */
  engine(component?: string): EngineName {
    const scope = component === undefined ? undefined : vscode.Uri.file(component);
    const engine = parseEngine(read<unknown>('engine', 'jco', scope));
    return engine.ok ? engine.value : 'jco';
  },
  /** Changes {@link settings.engine}, in the place whose value is in force now. */
  async setEngine(value: EngineName): Promise<void> {
    const name: SettingName = 'engine';
    const configuration = vscode.workspace.getConfiguration('freshInstance');
    const isInWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
    const { Workspace, Global } = vscode.ConfigurationTarget;
    await configuration.update(name, value, isInWorkspace ? Workspace : Global);
  },
  /** Where wasmtime is looked for. The folders of the workspace hold other people's programs: none of them is run unless it was named. */
  wasmtimePlaces(): WasmtimePlaces {
    const program = read('wasmtime.path', '').trim();
    const foreign = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    return { ...usualPlaces(), foreign, ...(program === '' ? {} : { program }) };
  },
  /** What a component is given and granted until its user chooses something else. */
  profile(component: string): SettingProfile {
    const { setting, folder } = readOf(component, 'profiles');
    return profileInSetting(setting, component, folder);
  },
  /** Globs of .wasm files that are not listed. */
  excludedComponents(): readonly string[] {
    return read<readonly string[]>('components.exclude', []);
  },
  /** Whether components with an unknown verdict are probed automatically. */
  probesAutomatically(): boolean {
    return read('probe.automatic', false);
  },
  revealTerminal(): boolean {
    return read<'always' | 'never'>('terminal.reveal', 'always') === 'always';
  },
};

/** A setting with an entry per component, and the folder that relative paths in it start at. */
function readOf(component: string, name: SettingName): { setting: unknown; folder: string } {
  const uri = vscode.Uri.file(component);
  return {
    setting: read<unknown>(name, undefined, uri),
    folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(component),
  };
}

function readFor(document: vscode.TextDocument, name: SettingName): boolean {
  return read(name, true, document);
}

function read<T>(name: SettingName, fallback: T, scope?: vscode.ConfigurationScope): T {
  return vscode.workspace.getConfiguration('freshInstance', scope).get<T>(name, fallback);
}
