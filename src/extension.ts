import * as vscode from 'vscode';
import { DisposableStore } from './base/disposable';
import { createAnatomy } from './editor/anatomy/anatomy-module';
import { createCalls } from './editor/calls/calls-module';
import { registerCommands } from './editor/commands/commands';
import { createTargets } from './editor/commands/targets-module';
import { productName } from './editor/common/ids';
import { createComponents } from './editor/components/components-module';
import { createDebug } from './editor/debug/debug-module';
import { createEngine, type EngineModule } from './editor/engine/engine-module';
import { createLenses } from './editor/lenses/lenses-module';
import { createPages } from './editor/pages/pages-module';
import { createRun } from './editor/run/run-module';
import { createTerminals } from './editor/terminal/terminal-module';
import { createTree } from './editor/tree/tree-module';
import { createWat } from './editor/wat/wat-module';
import type { Instance } from './instance/registry';
import { useTranslator } from './words/t';

/** The engine must end before the window does; VS Code waits a little for {@link deactivate}. */
let core: EngineModule | undefined;

/** Composes the features. They are disposed in the reverse order: commands first, the engine with its runners last. */
export function activate(context: vscode.ExtensionContext): void {
  useTranslator(vscode.l10n.t);
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const log = owned.add(vscode.window.createOutputChannel(productName, { log: true }));

  core = owned.add(createEngine(context, log));
  const components = owned.add(createComponents(context, core));
  const terminals = owned.add(createTerminals(core));
  const { view } = owned.add(createTree(core, components, terminals));
  const reveal = ({ id }: Instance) => view.reveal(id);
  const { anatomy } = owned.add(createAnatomy(context));
  const wat = owned.add(createWat({ anatomy, library: components.library }));
  const pages = owned.add(createPages(context, { core, components, terminals, anatomy }));
  owned.add(createLenses(context, log, core, components));
  const run = owned.add(createRun({ log, core, components, terminals, reveal }));
  const calls = owned.add(createCalls({ core, components, terminals, pages, run }));
  const { targets } = owned.add(createTargets({ core, components, view, pages, calls }));
  const debug = owned.add(
    createDebug({
      core,
      components,
      terminals,
      reveal,
      chooseComponent: () => targets.component({ type: 'none' }, 'run'),
    }),
  );
  owned.add(registerCommands({ log, core, components, terminals, pages, wat, run, calls, debug, targets }));

  void components.library.find();
}

/** Ends every runner; resolves when none is left. */
export async function deactivate(): Promise<void> {
  await core?.shutdown();
}
