import { basename } from 'node:path';
import * as vscode from 'vscode';
import { usualPath, type ComponentLibrary } from '../components/component-library';
import { entryOf, type KnownComponent } from '../components/known-component';
import { abilitiesOf } from '../../engine/backend';
import { engineOf, type EngineName, type Profile } from '../../instance/profile';
import { mayRun } from '../common/trust';
import { debugText, noSourcesButtons } from '../../words/debug';
import type { DebugService } from './debug-service';
import { debugType, launchErrorText, readLaunch } from './launch-configuration';
import { launchProfile } from './launch-profile';
import { mayDebug } from './missing-help';
import { notify } from '../common/notify';

/** What the provider works with. */
export interface ProviderParts {
  readonly library: ComponentLibrary;
  readonly debugs: DebugService;
  /** The component that the active editor shows or makes, else one that the user picks. Rejects with a CancellationError. */
  readonly chooseComponent: () => Promise<KnownComponent>;
}

/** Makes launch configurations, completes those of F5 without any, and says before a session what it cannot do. */
export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #parts: ProviderParts;

  constructor(parts: ProviderParts) {
    this.#parts = parts;
  }

  /** One configuration for each component of the folder that can be run. */
  async provideDebugConfigurations(
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<vscode.DebugConfiguration[]> {
    const { library } = this.#parts;
    if (library.all().length === 0) await library.find();
    return library
      .all()
      .filter((component) => entryOf(component) !== null)
      .filter(
        ({ path }) =>
          folder === undefined || vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path)) === folder,
      )
      .map(({ path }) => debugConfiguration(path));
  }

  /** F5 without a launch.json gives an empty configuration: the component of the active editor is meant. */
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    if (typeof given.component === 'string')
      return { ...consoleShown(), ...given, type: debugType, request: 'launch' };
    try {
      const { path } = await this.#parts.chooseComponent();
      return { ...consoleShown(), ...debugConfiguration(path), ...withoutEmpty(given), component: path };
    } catch (error) {
      if (error instanceof vscode.CancellationError) return undefined;
      throw error;
    }
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    const launch = readLaunch(given, folder?.uri.fsPath);
    if (!launch.ok) {
      void notify.error(launchErrorText(launch.error));
      return undefined;
    }
    const { instance, grants } = launch.value;
    const path = usualPath(launch.value.component);
    if (!(await mayRun(basename(path)))) return undefined;
    if (given.noDebug === true) return given;
    const profile = launchProfile(grants, path, true);
    const engine = engineOf(profile);
    if (!abilitiesOf[engine].debugs) return await offerRun(basename(path), engine, given);
    if (instance === 'current' && this.#continueIn(path, profile)) return undefined;
    // The task may be what builds the component: what is there now says nothing.
    if (given.preLaunchTask !== undefined) return given;
    switch (await mayDebug(await this.#parts.library.load(path))) {
      case 'debug':
        return given;
      case 'run':
        return { ...given, noDebug: true };
      case 'cancel':
        return undefined;
    }
  }

  /** Calls again in a session whose guest has returned, if the plan is so. False where a fresh instance is needed. */
  #continueIn(path: string, profile: Profile): boolean {
    const plan = this.#parts.debugs.planAgain(path, profile);
    if (plan.type === 'fresh') return false;
    void plan.session.runAgain(profile);
    return true;
  }
}

/** Says that components are not debugged on an engine, and offers to run it there. */
async function offerRun(
  name: string,
  engine: EngineName,
  given: vscode.DebugConfiguration,
): Promise<vscode.DebugConfiguration | undefined> {
  const run = noSourcesButtons.run();
  const choice = await notify.error(debugText.engineCannot(name, engine), run);
  return choice === run ? { ...given, noDebug: true } : undefined;
}

/** A launch configuration for a component, with its path relative to its folder of the workspace. */
export function debugConfiguration(path: string): vscode.DebugConfiguration {
  const uri = vscode.Uri.file(path);
  const inWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const relative = vscode.workspace.asRelativePath(uri, false);
  return {
    type: debugType,
    request: 'launch',
    name: debugText.configuration(basename(path)),
    component: inWorkspace ? `\${workspaceFolder}/${relative}` : path,
  };
}

/**
 * Has the debug console shown, where the guest's output is. VS Code does so with the first session unless its user wants otherwise, but takes
 * js-debug's session below ours for the first.
 */
function consoleShown(): Partial<vscode.DebugConfiguration> {
  const wanted = vscode.workspace.getConfiguration('debug').get<string>('internalConsoleOptions');
  return wanted === 'openOnFirstSessionStart' ? { internalConsoleOptions: 'openOnSessionStart' } : {};
}

function withoutEmpty(given: vscode.DebugConfiguration): Partial<vscode.DebugConfiguration> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== undefined));
}
