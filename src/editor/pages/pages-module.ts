import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import { ComponentEditor } from './component-editor';
import { ExplainPanels } from './explain-panel';
import { InterfaceDocuments } from './interface-documents';
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
  { engine, knowledge }: EngineModule,
  { library, exports, missingImports }: ComponentsModule,
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
