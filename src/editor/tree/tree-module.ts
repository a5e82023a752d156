import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { TerminalModule } from '../terminal/terminal-module';
import { InstancesView } from './instances-view';

/** The Instances view. */
export interface TreeModule extends Disposable {
  readonly view: InstancesView;
}

/** Makes the Instances view. */
export function createTree(
  { registry, knowledge, sessions, profiles }: EngineModule,
  { library, exports, missingImports }: ComponentsModule,
  { terminals }: TerminalModule,
): TreeModule {
  const owned = new DisposableStore();
  const view = owned.add(
    new InstancesView({
      library,
      registry,
      knowledge,
      exportsOf: (component) => exports.of(component),
      missingImports: (component) => missingImports.of(component),
      engineOf: (path) => profiles.engineOf(path),
      handlesOf: (id) => sessions.handlesOf(id),
      terminalState: (id) => terminals.state(id),
    }),
  );
  owned.add(
    profiles.onDidChange(() => {
      view.refresh();
    }),
  );
  owned.add(
    terminals.onDidChange((id) => {
      view.terminalChanged(id);
    }),
  );
  return {
    view,
    dispose: () => {
      owned.dispose();
    },
  };
}
