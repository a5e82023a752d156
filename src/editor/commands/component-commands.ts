import * as vscode from 'vscode';
import { commandIds } from '../common/ids';
import { UserError } from '../common/user-error';
import { isWitPackage } from '../components/known-component';
import { readErrorText } from '../../words/read-error';
import { debugConfiguration } from '../debug/configuration-provider';
import { commandErrors } from '../../words/user-errors';
import type { CommandParts } from './commands';
import { saveAsComponent } from './save-as-component';
import type { CommandHandlers } from './register';

/** Commands about a component. */
export function componentCommands({
  targets,
  core,
  components,
  pages,
  run: { runs, probes },
}: CommandParts): CommandHandlers<
  | 'run'
  | 'runFresh'
  | 'debug'
  | 'saveAsComponent'
  | 'showInterface'
  | 'explainVerdict'
  | 'probeReuse'
  | 'refresh'
  | 'clearObservations'
> {
  return {
    [commandIds.run]: async (target) => {
      await runs.run(await targets.component(target, 'run'));
    },
    [commandIds.runFresh]: async (target) => {
      await runs.run(await targets.component(target, 'run'), { fresh: true });
    },
    [commandIds.debug]: async (target) => {
      const { path } = await targets.component(target, 'run');
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
      await vscode.debug.startDebugging(folder, debugConfiguration(path));
    },
    [commandIds.saveAsComponent]: async (target) => {
      await saveAsComponent(core.engine, await targets.component(target));
    },
    [commandIds.showInterface]: async (target) => {
      const component = await targets.component(target);
      const { content, name } = component;
      if (content.type === 'problem' && !isWitPackage(content)) {
        const { clause, advice } = readErrorText(content.error);
        throw new UserError(...commandErrors.noInterface(name, clause, advice));
      }
      await pages.interfaces.show(component);
    },
    [commandIds.explainVerdict]: async (target) => {
      const component = await targets.component(target);
      const { content, name } = component;
      if (content.type === 'problem') {
        const { clause, advice } = readErrorText(content.error);
        throw new UserError(...commandErrors.noVerdict(name, clause, advice));
      }
      pages.explanations.show(component);
    },
    [commandIds.probeReuse]: async (target) => {
      await probes.probe(await targets.component(target, 'run'));
    },
    [commandIds.refresh]: () => components.library.find(),
    [commandIds.clearObservations]: () => {
      core.knowledge.forget();
    },
  };
}
