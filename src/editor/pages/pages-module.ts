import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { TerminalModule } from '../terminal/terminal-module';
import { ComponentEditor } from './component-editor';
import { DefaultEditor } from './default-editor';
import { ExplainPanels } from './explain-panel';
import { InterfaceDocuments } from './interface-documents';
import { PageEditor } from './page-editor';
import { TextPages } from './text-pages';

/** What is shown in editors: texts, interfaces, explanations of verdicts. */
export interface PagesModule extends Disposable {
  readonly texts: TextPages;
  readonly interfaces: InterfaceDocuments;
  readonly explanations: ExplainPanels;
}

/** Makes the pages. */
export function createPages(
  context: vscode.ExtensionContext,
  { engine, knowledge, registry }: EngineModule,
  { library, exports, missingImports, worlds }: ComponentsModule,
  { terminals }: TerminalModule,
): PagesModule {
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
    dispose: () => {
      owned.dispose();
    },
  };
}
