import { basename } from 'node:path';
import * as vscode from 'vscode';
import { trapSource } from '../../instance/call';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Knowledge } from '../../calls/knowledge';
import { isBusy } from '../../instance/life';
import type { Instance } from '../../instance/registry';
import { shellCommand, shellOf } from '../../calls/shell-command';
import { debugConfiguration } from '../debug/configuration-provider';
import type { DebugService } from '../debug/debug-service';
import type { CallRequest, CallService } from '../calls/call-service';
import { isCallDocument, type CallDocuments } from '../calls/document/call-documents';
import type { ConsoleService } from '../calls/console-service';
import type { HandleService } from '../calls/handle-service';
import type { ComponentLibrary } from '../components/component-library';
import { problemClause } from '../components/known-component';
import type { SourceComponents } from '../components/source-components';
import { commandIds, type CommandId } from '../common/ids';
import type { InterfaceDocuments } from '../interface/interface-documents';
import { editArguments, editGrants } from '../run/edit-profile';
import type { ProbeService } from '../run/probe-service';
import type { ProfileStore } from '../run/profile-store';
import type { RunService } from '../run/run-service';
import type { TerminalRegistry } from '../terminal/terminal-registry';
import { openSourceOf } from '../common/open-source';
import type { ExplainPanels } from '../verdict/explain-panel';
import { UserError } from '../common/user-error';
import { registerCommand } from './register';
import { textIn, type TargetResolver } from './target';
import { notify } from '../common/notify';

/** What the commands work with. */
export interface CommandParts {
  readonly log: vscode.LogOutputChannel;
  readonly targets: TargetResolver;
  readonly runs: RunService;
  readonly calls: CallService;
  readonly callDocuments: CallDocuments;
  readonly consoles: ConsoleService;
  readonly handles: HandleService;
  readonly debugs: DebugService;
  readonly probes: ProbeService;
  readonly profiles: ProfileStore;
  readonly terminals: TerminalRegistry;
  readonly library: ComponentLibrary;
  readonly sources: SourceComponents;
  readonly interfaces: InterfaceDocuments;
  readonly explanations: ExplainPanels;
  readonly knowledge: Knowledge;
}

/** Registers every command. Each takes its target from a row, a file or a lens, or finds it itself. */
export function registerCommands(parts: CommandParts): Disposable {
  const {
    targets,
    runs,
    calls,
    callDocuments,
    consoles,
    handles,
    debugs,
    probes,
    profiles,
    terminals,
    library,
    sources,
    interfaces,
    explanations,
    knowledge,
    log,
  } = parts;
  const hasTerminal = ({ id }: Instance) => terminals.has(id);
  const handlers: Readonly<Record<CommandId, (argument: unknown) => unknown>> = {
    [commandIds.run]: async (argument) => {
      await runs.run(await targets.component(argument, 'run'));
    },
    [commandIds.runFresh]: async (argument) => {
      await runs.runFresh(await targets.component(argument, 'run'));
    },
    [commandIds.runWithArguments]: async (argument) => {
      const component = await targets.component(argument, 'run');
      const profile = await editArguments(component.name, profiles.get(component.path));
      if (profile === undefined) return;
      await profiles.set(component.path, profile);
      await runs.run(component);
    },
    [commandIds.runWith]: async (argument) => {
      const component = await targets.component(argument, 'run');
      const { name, path } = component;
      const edited = await editGrants(name, profiles.get(path), profiles.draft(path));
      if (edited.type === 'left') {
        if (edited.draft === undefined) profiles.dropDraft(path);
        else profiles.keepDraft(path, edited.draft);
        return;
      }
      await profiles.set(path, edited.profile);
      await runs.run(component);
    },
    [commandIds.debug]: async (argument) => {
      const { path } = await targets.component(argument, 'run');
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
      await vscode.debug.startDebugging(folder, debugConfiguration(path));
    },
    [commandIds.runAgain]: async (argument) => {
      // From the toolbar of a debug session there is no argument.
      const debugged =
        argument === undefined ? debugs.active : debugs.ofInstance(targets.instance(argument).id);
      if (debugged?.canRunAgain === true) {
        // The call lasts as long as its user looks at it.
        void debugged.runAgain();
        return;
      }
      const instance = targets.instance(argument);
      await runs.runAgain(await targets.component({ path: instance.build.path }), instance);
    },
    [commandIds.stop]: async (argument) => {
      const canStop = ({ state }: Instance) => isBusy(state);
      await runs.stop(await targets.chooseInstance(argument, canStop, 'Nothing is running.'));
    },
    [commandIds.dispose]: async (argument) => {
      await runs.dispose(await targets.chooseInstance(argument, () => true, 'There is no instance.'));
    },
    [commandIds.disposeFinished]: () => runs.disposeFinished(),
    [commandIds.disposeAll]: () => runs.disposeAll(),
    [commandIds.showTerminal]: async (argument) => {
      const instance = await targets.chooseInstance(
        argument,
        hasTerminal,
        'There is no terminal of an instance.',
      );
      const terminal = terminals.get(instance.id);
      if (terminal === undefined) {
        throw new UserError(
          `The terminal of instance #${String(instance.number)} was closed.`,
          'Run again to open a new one.',
        );
      }
      terminal.show();
    },
    [commandIds.liftOutputCap]: async (argument) => {
      const instance = await targets.chooseInstance(
        argument,
        ({ id }) => terminals.state(id) === 'cut',
        'No output of any instance was left out.',
        'What the terminals show is all that there is.',
      );
      if (!terminals.liftCap(instance.id)) {
        const who = `instance #${String(instance.number)} of ${basename(instance.build.path)}`;
        void notify.info(`No output of ${who} was left out: there is no more to show.`);
      }
    },
    [commandIds.callExport]: async (argument) => {
      await calls.call(await callRequest(argument));
    },
    [commandIds.callExportFresh]: async (argument) => {
      await calls.call({ ...(await callRequest(argument)), fresh: true });
    },
    [commandIds.callInEditor]: async (argument) => {
      const found = targets.callIn(argument);
      const { component, export: ref } = await callRequest(argument);
      await callDocuments.open(
        component,
        found === undefined ? await calls.example(component, ref) : await calls.textOf(component, found.call),
      );
    },
    [commandIds.callHere]: async (argument) => {
      await callDocuments.call(...callPlace(argument), false);
    },
    [commandIds.callHereFresh]: async (argument) => {
      await callDocuments.call(...callPlace(argument), true);
    },
    [commandIds.openConsole]: async (argument) => {
      const { component, instance } = await callRequest(argument);
      await consoles.open(component, instance);
    },
    [commandIds.repeatCall]: async (argument) => {
      const { component, instance, call } = await callOf(argument);
      await calls.call({ component, instance, text: await calls.textOf(component, call), unasked: true });
    },
    [commandIds.editCall]: async (argument) => {
      const { component, instance, call } = await callOf(argument);
      await calls.call({ component, instance, text: await calls.textOf(component, call) });
    },
    [commandIds.copyCall]: async (argument) => {
      const { component, call } = await callOf(argument);
      const text = await calls.textOf(component, call);
      await vscode.env.clipboard.writeText(
        shellCommand(
          ['fresh-instance', 'call', component.path, text],
          shellOf(vscode.env.shell, process.platform),
        ),
      );
    },
    [commandIds.showResult]: async (argument) => {
      const { component, instance, call } = await callOf(argument);
      await calls.showResult(component, instance, call);
    },
    [commandIds.dropHandle]: async (argument) => {
      const instance = await targets.chooseInstance(
        argument,
        (each) => handles.droppable(each).length > 0,
        'There is no handle to drop: no call returned a resource that is still there.',
      );
      const { path } = instance.build;
      const handle = targets.handleIn(argument, instance);
      const name = library.get(path)?.name ?? basename(path);
      await handles.drop(name, instance, handle === undefined ? undefined : [handle]);
    },
    [commandIds.showTrap]: async (argument) => {
      const { component, call } = await callOf(argument);
      const source = trapSource(call);
      if (source === undefined) {
        throw new UserError(
          'It is not known where this call trapped.',
          'Build the component with debug information (-g).',
        );
      }
      if (!(await openSourceOf(component.path, source))) {
        throw new UserError(`${source.file} is not in this workspace.`, 'Open the folder that holds it.');
      }
    },
    [commandIds.compareReuse]: async (argument) => {
      const found = targets.callIn(argument);
      const component = await targets.component(
        found === undefined ? argument : { path: found.instance.build.path },
      );
      await consoles.report(
        component,
        found === undefined ? textIn(argument, 'text') : await calls.textOf(component, found.call),
      );
    },
    [commandIds.showInterface]: async (argument) => {
      const component = await targets.component(argument);
      const { content, name } = component;
      if (content.type === 'problem')
        throw new UserError(`${name} has no interface to show: ${problemClause(content)}.`, content.advice);
      await interfaces.show(component);
    },
    [commandIds.explain]: async (argument) => {
      const component = await targets.component(argument);
      const { content, name } = component;
      if (content.type === 'problem')
        throw new UserError(
          `There is nothing to say about ${name}: ${problemClause(content)}.`,
          content.advice,
        );
      explanations.show(component);
    },
    [commandIds.probe]: async (argument) => {
      await probes.probe(await targets.component(argument, 'run'));
    },
    [commandIds.refresh]: () => library.find(),
    [commandIds.chooseComponent]: async (argument) => {
      const document = callDocumentIn(argument);
      if (document !== undefined) {
        await callDocuments.name(document, await targets.pickComponent());
        return;
      }
      const source = sourceOf(argument);
      if (source !== undefined) await sources.choose(source);
    },
    [commandIds.forgetVerdicts]: () => {
      knowledge.forget();
    },
    [commandIds.showLog]: () => {
      log.show();
    },
  };
  /** What a row, a lens or the palette asks to be called. */
  async function callRequest(given: unknown): Promise<CallRequest> {
    const argument = targets.pointed(given);
    const instance = targets.instanceIn(argument);
    const component = await targets.component(
      instance === undefined ? argument : { path: instance.build.path },
    );
    const ref = targets.exportIn(argument);
    return {
      component,
      ...(instance === undefined ? {} : { instance }),
      ...(ref === undefined ? {} : { export: ref }),
    };
  }

  /** The call of the history that a row stands for, with its instance. */
  async function callOf(argument: unknown) {
    const found = targets.callIn(argument);
    if (found === undefined) throw new UserError('No call is selected.', 'Select one in the Instances view.');
    return { ...found, component: await targets.component({ path: found.instance.build.path }) };
  }

  const registrations = new DisposableStore();
  for (const id of Object.values(commandIds)) registrations.add(registerCommand(log, id, handlers[id]));
  return registrations;
}

/** The document of calls that a lens is in. */
function callDocumentIn(argument: unknown): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(
    (document) =>
      argument instanceof vscode.Uri &&
      isCallDocument(document) &&
      document.uri.toString() === argument.toString(),
  );
}

/** Where the call stands that a lens is for; from the palette and by a key, where the cursor is. */
function callPlace(argument: unknown): [document: vscode.TextDocument, offset: number] {
  const uri = textIn(argument, 'uri');
  const lensed = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (lensed !== undefined && typeof argument === 'object' && argument !== null && 'offset' in argument)
    return [lensed, Number(argument.offset)];
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined)
    throw new UserError('No editor with a call is open.', 'Choose Write a Call in an Editor first.');
  return [editor.document, editor.document.offsetAt(editor.selection.active)];
}

function sourceOf(argument: unknown): string | undefined {
  return textIn(argument, 'path') ?? vscode.window.activeTextEditor?.document.uri.fsPath;
}
