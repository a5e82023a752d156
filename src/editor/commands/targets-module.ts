import { DisposableStore, type Disposable } from '../../base/disposable';
import type { CallsModule } from '../calls/calls-module';
import { isCallDocument } from '../calls/document/call-editor';
import type { ComponentsModule } from '../components/components-module';
import type { EngineModule } from '../engine/engine-module';
import type { PagesModule } from '../pages/pages-module';
import type { InstancesView } from '../tree/instances-view';
import { ActiveTarget } from './active-target';
import { TargetResolver } from './target';

/** What commands act on. */
export interface TargetsModule extends Disposable {
  readonly targets: TargetResolver;
}

/** What targets are looked for in. */
export interface TargetsModuleParts {
  readonly core: EngineModule;
  readonly components: ComponentsModule;
  readonly view: InstancesView;
  readonly pages: PagesModule;
  readonly calls: CallsModule;
}

/** Makes what finds the target of a command. */
export function createTargets({ core, components, view, pages, calls }: TargetsModuleParts): TargetsModule {
  const owned = new DisposableStore();
  const { library, sources, recentUse } = components;
  const targets = new TargetResolver({
    library,
    registry: core.registry,
    view,
    attention: owned.add(new ActiveTarget(view)),
    usedAgo: (path) => recentUse.usedAgo(path),
    componentOfSource: async (document) =>
      isCallDocument(document)
        ? await calls.editor.componentOf(document)
        : (await sources.componentsOf(document))[0],
    explained: () => pages.explanations.activePath,
  });
  return {
    targets,
    dispose: () => {
      owned.dispose();
    },
  };
}
