import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Instance } from '../../instance/registry';
import type { ComponentsModule } from '../components/components-module';
import type { KnownComponent } from '../components/known-component';
import type { EngineModule } from '../engine/engine-module';
import type { TerminalModule } from '../terminal/terminal-module';
import { ConfigurationProvider } from './configuration-provider';
import { DebugService } from './debug-service';
import { debugType } from './launch-configuration';

/** The debugger. */
export interface DebugModule extends Disposable {
  readonly debugs: DebugService;
}

/** What the debugger works with. */
export interface DebugModuleParts {
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly terminals: TerminalModule;
  /** Brings an instance into view. */
  readonly reveal: (instance: Instance) => Promise<void>;
  /** The component of the active editor, else one that the user picks. Rejects with a CancellationError. */
  readonly chooseComponent: () => Promise<KnownComponent>;
}

/** Makes the debugger and its launch configurations. */
export function createDebug(parts: DebugModuleParts): DebugModule {
  const { engine, registry, knowledge, planner } = parts.core;
  const { library } = parts.components;
  const { terminals } = parts.terminals;
  const owned = new DisposableStore();
  const debugs = owned.add(
    new DebugService({ engine, registry, knowledge, planner, library, terminals, reveal: parts.reveal }),
  );
  const configurations = new ConfigurationProvider({
    library,
    debugs,
    chooseComponent: parts.chooseComponent,
  });
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  for (const kind of [Initial, Dynamic])
    owned.add(vscode.debug.registerDebugConfigurationProvider(debugType, configurations, kind));
  return {
    debugs,
    dispose: () => {
      owned.dispose();
    },
  };
}
