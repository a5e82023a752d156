import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore } from './base/disposable';
import { Engine } from './engine/engine';
import { Prober } from './engine/probe';
import { RepeatedTraps } from './calls/repeated-traps';
import { Knowledge } from './calls/knowledge';
import { callsKeptInEditor, InstanceRegistry } from './instance/registry';
import { wouldTrap } from './reuse/verdict';
import { ActiveTarget } from './editor/commands/active-target';
import { registerCommands } from './editor/commands/commands';
import { TargetResolver } from './editor/commands/target';
import { ComponentLibrary } from './editor/components/component-library';
import { ComponentReader } from './editor/components/component-reader';
import type { EditCall } from './editor/calls/ask-call';
import { CallService } from './editor/calls/call-service';
import { CallDocumentHelp } from './editor/calls/document/call-document-help';
import { CallDocumentLenses } from './editor/calls/document/call-document-lenses';
import { CallDocuments, isCallDocument } from './editor/calls/document/call-documents';
import { ConsoleService } from './editor/calls/console-service';
import { ExportCache } from './editor/components/export-cache';
import { HandleService } from './editor/calls/handle-service';
import { CallSessions } from './editor/engine/call-sessions';
import { MissingImportCache } from './editor/components/missing-import-cache';
import { RecentUse } from './editor/components/recent-use';
import { SourceComponents } from './editor/components/source-components';
import { ConfigurationProvider } from './editor/debug/configuration-provider';
import { DebugService } from './editor/debug/debug-service';
import { debugType } from './editor/debug/launch-configuration';
import { followInstances } from './editor/engine/follow-instances';
import { nodeProgram } from './editor/engine/node-program';
import { ComponentEditor } from './editor/interface/component-editor';
import { InterfaceDocuments } from './editor/interface/interface-documents';
import { CallLensProvider } from './editor/lenses/call-lens-provider';
import { EntryHoverProvider } from './editor/lenses/entry-hover';
import { EntryPoints } from './editor/lenses/entry-points';
import { EntryLensProvider } from './editor/lenses/lens-provider';
import { ProbeService } from './editor/run/probe-service';
import { InstanceStarter } from './editor/run/instance-starter';
import { ProfileStore } from './editor/run/profile-store';
import { RunService } from './editor/run/run-service';
import { settings } from './editor/settings/settings';
import { SecondRunActions } from './editor/source/second-run-actions';
import { SecondRuns } from './editor/source/second-runs';
import { SourceCache } from './editor/source/source-cache';
import { TerminalRegistry } from './editor/terminal/terminal-registry';
import { TrapLinks } from './editor/terminal/trap-links';
import { TextPages } from './editor/common/text-pages';
import { InstancesView } from './editor/tree/instances-view';
import { ExplainPanels } from './editor/verdict/explain-panel';
import { useTranslator } from './words/t';

/** What must end before the window does; VS Code waits for it a little. */
let engine: Engine | undefined;
let prober: Prober | undefined;

/** Puts the parts together. They are disposed in the reverse order: commands first, the engine with its runners last. */
export function activate(context: vscode.ExtensionContext): void {
  useTranslator(vscode.l10n.t);
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel('Fresh Instance', { log: true }));

  const registry = owned.add(new InstanceRegistry(Date.now, callsKeptInEditor));
  const knowledge = owned.add(new Knowledge(context.globalState));
  const shared = {
    cacheDir: join(context.globalStorageUri.fsPath, 'transpiled'),
    files: {
      runner: context.asAbsolutePath(join('dist', 'runner.js')),
      transpiler: context.asAbsolutePath(join('dist', 'transpiler.js')),
    },
    node: nodeProgram(),
    log: (line: string) => {
      log.debug(line);
    },
  };
  engine = new Engine({
    ...shared,
    registry,
    lowPriority: true,
    standby: settings.standbyLimits(),
    spentReason: (instance) => {
      const verdict = knowledge.verdict(instance.build.sha256);
      return instance.hasRun && wouldTrap(verdict) ? verdict.reason : undefined;
    },
  });
  prober = new Prober(shared);
  const ownEngine = engine;
  owned.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('freshInstance.standby'))
        ownEngine.limitStandbys(settings.standbyLimits());
    }),
  );

  const reader = owned.add(new ComponentReader(context.asAbsolutePath(join('dist', 'component-reader.js'))));
  const library = owned.add(new ComponentLibrary(reader.read));
  owned.add(
    library.onDidChange(({ content }) => {
      if (content.type === 'component') ownEngine.learn(content.build, content.summary);
    }),
  );
  const sources = owned.add(new SourceComponents(library, context.workspaceState));
  const profiles = new ProfileStore(context.workspaceState);
  const exports = new ExportCache();
  const missingImports = new MissingImportCache();
  const sessions = new CallSessions(engine, registry);
  const pages = owned.add(new TextPages());
  const terminals: TerminalRegistry = owned.add(
    new TerminalRegistry({
      input: (id, bytes) => {
        ownEngine.writeStdin(id, bytes);
      },
      inputEnd: (id) => {
        ownEngine.endStdin(id);
      },
      stop: (id) => void ownEngine.stop(id, { type: 'user' }),
      changed: (id) => {
        view.terminalChanged(id);
      },
    }),
  );
  const view: InstancesView = owned.add(
    new InstancesView({
      library,
      registry,
      knowledge,
      exportsOf: (component) => exports.of(component),
      missingImports: (component) => missingImports.of(component),
      handlesOf: (id) => sessions.handlesOf(id),
      terminalState: (id) => terminals.state(id),
    }),
  );
  owned.add(new TrapLinks(terminals, registry));
  const interfaces = owned.add(
    new InterfaceDocuments(library, knowledge, exports, (path) => ownEngine.interfaceText(path)),
  );
  owned.add(new ComponentEditor(library, interfaces));
  const explanations = owned.add(
    new ExplainPanels({
      library,
      knowledge,
      missingImports,
      extension: context.extensionUri,
    }),
  );
  const book = owned.add(
    new SourceCache(context.asAbsolutePath(join('dist', 'source-worker.js')), (line) => log.warn(line)),
  );
  const secondRuns = owned.add(new SecondRuns(book, library, knowledge));
  owned.add(new SecondRunActions(secondRuns));
  const entryPoints = new EntryPoints(book);
  owned.add(new EntryLensProvider({ library, registry, knowledge, sources, entryPoints, secondRuns }));
  owned.add(new CallLensProvider(library, exports));
  owned.add(new EntryHoverProvider({ library, knowledge, sources, entryPoints }));
  owned.add(followInstances({ library, registry, knowledge }));

  const starter = new InstanceStarter({ engine, profiles, terminals, reveal: ({ id }) => view.reveal(id) });
  const editCall: EditCall = (component, text) => callDocuments.open(component, text);
  const repeatedTraps = new RepeatedTraps();
  const consoles = new ConsoleService({
    engine,
    repeatedTraps,
    callFresh: (component, text) => calls.call({ component, text, fresh: true, unasked: true }),
    sessions,
    registry,
    exports,
    starter,
    profiles,
    pages,
    editCall,
  });
  const runs = new RunService({
    engine,
    registry,
    knowledge,
    profiles,
    terminals,
    starter,
  });
  const calls = new CallService({
    sessions,
    repeatedTraps,
    registry,
    exports,
    starter,
    runs,
    terminals,
    pages,
    editCall,
  });
  const handles = new HandleService({ sessions, registry, terminals });
  const callDocuments: CallDocuments = owned.add(new CallDocuments({ calls, handles, library, registry }));
  owned.add(new CallDocumentLenses(callDocuments));
  owned.add(new CallDocumentHelp(callDocuments, library));
  const probes = owned.add(new ProbeService({ prober, library, knowledge, profiles, log }));
  const recentUse = owned.add(new RecentUse(context.workspaceState, registry));
  const targets = new TargetResolver({
    library,
    registry,
    view,
    attention: owned.add(new ActiveTarget(view)),
    usedAgo: (path) => recentUse.usedAgo(path),
    componentOfSource: async (document) =>
      isCallDocument(document)
        ? await callDocuments.componentOf(document)
        : (await sources.componentsOf(document))[0],
    explained: () => explanations.activePath,
  });
  const debugs = owned.add(
    new DebugService({
      engine,
      registry,
      knowledge,
      library,
      terminals,
      reveal: ({ id }) => view.reveal(id),
    }),
  );
  const configurations = new ConfigurationProvider({
    library,
    debugs,
    chooseComponent: () => targets.component(undefined, 'run'),
  });
  for (const kind of [
    vscode.DebugConfigurationProviderTriggerKind.Initial,
    vscode.DebugConfigurationProviderTriggerKind.Dynamic,
  ]) {
    owned.add(vscode.debug.registerDebugConfigurationProvider(debugType, configurations, kind));
  }
  owned.add(
    registerCommands({
      log,
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
    }),
  );

  void library.find();
}

/** Ends every runner; resolves when none is left. */
export async function deactivate(): Promise<void> {
  await Promise.all([engine?.shutdown(), prober?.shutdown()]);
}
