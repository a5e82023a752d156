import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { PagesModule } from '../pages/pages-module';
import type { RunModule } from '../run/run-module';
import type { TerminalModule } from '../terminal/terminal-module';
import type { EditCall } from './ask-call';
import { CallHistory } from './call-history';
import { CallReaders } from './call-readers';
import { CallService } from './call-service';
import { ConsoleService } from './console-service';
import { CallDocumentHelp } from './document/call-document-help';
import { CallDocumentLenses } from './document/call-document-lenses';
import { CallDocuments } from './document/call-documents';
import { CallEditor } from './document/call-editor';
import { EnginesService } from './engines-service';
import { HandleService } from './handle-service';

/** Calls of exports: one by one, in a console, and in documents. */
export interface CallsModule extends Disposable {
  readonly calls: CallService;
  readonly history: CallHistory;
  readonly consoles: ConsoleService;
  readonly engines: EnginesService;
  readonly handles: HandleService;
  readonly documents: CallDocuments;
  readonly editor: CallEditor;
}

/** What calls are made with. */
export interface CallsModuleParts {
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly terminals: TerminalModule;
  readonly pages: PagesModule;
  readonly run: RunModule;
}

/** Makes the services that call exports. */
export function createCalls(parts: CallsModuleParts): CallsModule {
  const { engine, comparing, registry, knowledge, planner, profiles, sessions } = parts.core;
  const { library, exports } = parts.components;
  const { terminals } = parts.terminals;
  const { starter, runs } = parts.run;
  const pages = parts.pages.texts;
  const owned = new DisposableStore();
  const editor = new CallEditor(library, exports);
  const editCall: EditCall = (component, text) => editor.open(component, text);
  const readers = new CallReaders({ sessions, exports, planner });
  const history = new CallHistory({ exports, readers, pages });
  const shared = { exports, planner, starter, pages, editCall };
  const calls = new CallService({ ...shared, registry, knowledge, readers, history, runs, terminals });
  const consoles = new ConsoleService({
    ...shared,
    engine,
    registry,
    sessions,
    profiles,
    callFresh: (component, text) => calls.call({ component, text, fresh: true, unasked: true }),
  });
  const engines = new EnginesService({
    comparing,
    exports,
    profiles,
    history,
    panels: parts.pages.engines,
    editCall,
  });
  const handles = new HandleService({ sessions, registry, planner, terminals });
  const documents = owned.add(
    new CallDocuments({ calls, readers, planner, profiles, knowledge, handles, editor, library, registry }),
  );
  owned.add(new CallDocumentLenses(documents));
  owned.add(new CallDocumentHelp(documents, library));
  return {
    calls,
    history,
    consoles,
    engines,
    handles,
    documents,
    editor,
    dispose: () => {
      owned.dispose();
    },
  };
}
