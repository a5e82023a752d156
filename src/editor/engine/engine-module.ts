import { join } from 'node:path';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { Knowledge } from '../../calls/knowledge';
import { Engine } from '../../engine/engine';
import { Prober } from '../../engine/probe';
import { callsKeptInEditor, InstanceRegistry, type Instance } from '../../instance/registry';
import { wouldTrap } from '../../reuse/verdict';
import { settings } from '../settings/settings';
import { CallPlanner } from './call-planner';
import { CallSessions } from './call-sessions';
import { nodeProgram } from './node-program';
import { ProfileStore } from './profile-store';

/** The engine of this window, with what is known of its instances. */
export interface EngineModule extends Disposable {
  readonly engine: Engine;
  readonly prober: Prober;
  /** For comparisons of engines: apart from the user's instances, and without pre-warmed ones. */
  readonly comparing: { readonly engine: Engine; readonly registry: InstanceRegistry };
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
  readonly profiles: ProfileStore;
  readonly planner: CallPlanner;
  readonly sessions: CallSessions;
  /** Ends every runner; resolves when none is left. */
  shutdown(): Promise<void>;
}

/** Makes the engine and follows its settings. */
export function createEngine(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): EngineModule {
  const owned = new DisposableStore();
  const registry = owned.add(new InstanceRegistry(Date.now, callsKeptInEditor));
  const knowledge = owned.add(new Knowledge(context.globalState));
  const profiles = owned.add(new ProfileStore(context.workspaceState));
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
  const engine = new Engine({
    ...shared,
    registry,
    wasmtime: () => settings.wasmtimePlaces(),
    lowPriority: true,
    standby: settings.standbyLimits(),
    spentReason: (instance: Instance) => {
      const verdict = knowledge.verdict(instance.build.sha256);
      return instance.hasRun && wouldTrap(verdict) ? verdict : undefined;
    },
  });
  const prober = new Prober(shared);
  const compared = owned.add(new InstanceRegistry(Date.now, 1));
  const comparing = new Engine({
    ...shared,
    registry: compared,
    wasmtime: () => settings.wasmtimePlaces(),
    lowPriority: true,
    spentReason: () => undefined,
  });
  owned.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('freshInstance.standby'))
        engine.limitStandbys(settings.standbyLimits());
    }),
  );
  return {
    engine,
    prober,
    comparing: { engine: comparing, registry: compared },
    registry,
    knowledge,
    profiles,
    planner: new CallPlanner({ registry, profiles, knowledge }),
    sessions: new CallSessions({ engine, registry, profiles }),
    shutdown: async () => {
      await Promise.all([engine.shutdown(), prober.shutdown(), comparing.shutdown()]);
    },
    dispose: () => {
      owned.dispose();
    },
  };
}
