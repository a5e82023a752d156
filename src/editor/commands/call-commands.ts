import * as vscode from 'vscode';
import { shellCommand, shellOf } from '../../calls/shell-command';
import { trapSource } from '../../instance/call';
import type { CommandTarget } from '../common/command-target';
import { commandIds } from '../common/ids';
import { openSourceOf } from '../common/open-source';
import { UserError } from '../common/user-error';
import type { CommandParts } from './commands';
import type { CommandHandler, CommandHandlers } from './register';
import type { TargetResolver } from './target';
import { commandErrors } from '../../words/user-errors';

/** Commands about a call of an instance's history. */
export function callCommands({
  targets,
  calls: { calls, history },
}: CommandParts): CommandHandlers<'repeatCall' | 'editCall' | 'copyCall' | 'showResult' | 'showTrap'> {
  return {
    [commandIds.repeatCall]: async (target) => {
      const { component, instance, call } = await callOf(targets, target);
      await calls.call({
        component,
        picked: instance,
        text: await history.textOf(component, call),
        unasked: true,
      });
    },
    [commandIds.editCall]: async (target) => {
      const { component, instance, call } = await callOf(targets, target);
      await calls.call({ component, picked: instance, text: await history.textOf(component, call) });
    },
    [commandIds.copyCall]: async (target) => {
      const { component, call } = await callOf(targets, target);
      const text = await history.textOf(component, call);
      const shell = shellOf(vscode.env.shell, process.platform);
      await vscode.env.clipboard.writeText(
        shellCommand(['fresh-instance', 'call', component.path, text], shell),
      );
    },
    [commandIds.showResult]: async (target) => {
      const { component, instance, call } = await callOf(targets, target);
      await history.showResult(component, instance, call);
    },
    [commandIds.showTrap]: showTrap(targets),
  };
}

function showTrap(targets: TargetResolver): CommandHandler {
  return async (target) => {
    const { component, call } = await callOf(targets, target);
    const source = trapSource(call);
    if (source === undefined) {
      throw new UserError(...commandErrors.unknownTrapPlace());
    }
    if (!(await openSourceOf(component.path, source))) {
      throw new UserError(...commandErrors.sourceNotFound(source.file));
    }
  };
}

/** The call of the history that a row stands for, with its instance and component. */
async function callOf(targets: TargetResolver, target: CommandTarget) {
  const found = targets.callIn(target);
  if (found === undefined) throw new UserError(...commandErrors.noCall());
  const { path } = found.instance.build;
  return { ...found, component: await targets.component({ type: 'component', path }) };
}
