import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { CallsModule } from '../calls/calls-module';
import { commandIds, type CommandId } from '../common/ids';
import type { ComponentsModule } from '../components/components-module';
import type { DebugModule } from '../debug/debug-module';
import type { EngineModule } from '../engine/engine-module';
import type { PagesModule } from '../pages/pages-module';
import type { RunModule } from '../run/run-module';
import type { TerminalModule } from '../terminal/terminal-module';
import type { WatFeature } from '../wat/wat-module';
import { callCommands } from './call-commands';
import { componentCommands } from './component-commands';
import { documentCommands } from './document-commands';
import { exportCommands } from './export-commands';
import { instanceCommands } from './instance-commands';
import { profileCommands } from './profile-commands';
import { registerCommand, type CommandHandler } from './register';
import type { TargetResolver } from './target';
import { watCommands } from './wat-commands';

/** What the commands work with. */
export interface CommandParts {
  readonly log: vscode.LogOutputChannel;
  readonly targets: TargetResolver;
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly terminals: TerminalModule;
  readonly pages: PagesModule;
  readonly wat: WatFeature;
  readonly run: RunModule;
  readonly calls: CallsModule;
  readonly debug: DebugModule;
}

/** Registers every command. */
export function registerCommands(parts: CommandParts): Disposable {
  const { log } = parts;
  const handlers: Readonly<Record<CommandId, CommandHandler>> = {
    ...componentCommands(parts),
    ...profileCommands(parts),
    ...instanceCommands(parts),
    ...exportCommands(parts),
    ...callCommands(parts),
    ...documentCommands(parts),
    ...watCommands(parts),
    [commandIds.showLog]: () => {
      log.show();
    },
  };
  const registrations = new DisposableStore();
  for (const id of Object.values(commandIds)) registrations.add(registerCommand(log, id, handlers[id]));
  return registrations;
}
