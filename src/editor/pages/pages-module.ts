import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Anatomy } from '../anatomy/anatomy';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { TerminalModule } from '../terminal/terminal-module';
import { ComponentEditor } from './component-editor';
import { DefaultEditor } from './default-editor';
import { EnginesPanels } from './engines-panel';
import { ExplainPanels } from './explain-panel';
import { InterfaceDocuments } from './interface-documents';
import { PageEditor } from './page-editor';
import { SizeHistory } from './size-history';
import { TextPages } from './text-pages';

/** What is shown in editors: texts, interfaces, explanations of verdicts. */
export interface PagesModule extends Disposable {
  readonly texts: TextPages;
  readonly interfaces: InterfaceDocuments;
  readonly explanations: ExplainPanels;
  readonly engines: EnginesPanels;
}

/** What pages are made from. */
export interface PagesModuleParts {
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly terminals: TerminalModule;
  readonly anatomy: Anatomy;
}

/** Makes the pages. */
export function createPages(
  context: vscode.ExtensionContext,
  { core, components, terminals: { terminals }, anatomy }: PagesModuleParts,
): PagesModule {
  const { engine, knowledge, registry } = core;
  const { library, exports, missingImports, worlds } = components;
  const owned = new DisposableStore();
  const texts = owned.add(new TextPages());
  const interfaces = owned.add(
    new InterfaceDocuments({
      library,
      knowledge,
      exports,
      missingImports,
      read: (path) => engine.interfaceText(path),
    }),
  );
  owned.add(new ComponentEditor(library, interfaces));
  owned.add(new DefaultEditor());
  owned.add(
    new PageEditor({
      library,
      knowledge,
      registry,
      worlds,
      anatomy,
      sizeHistory: new SizeHistory(),
      terminalState: (id) => terminals.state(id),
      extension: context.extensionUri,
    }),
  );
  const explanations = owned.add(
    new ExplainPanels({ library, knowledge, missingImports, extension: context.extensionUri }),
  );
  return {
    texts,
    interfaces,
    explanations,
    engines: owned.add(new EnginesPanels()),
    dispose: () => {
      owned.dispose();
    },
  };
}
