import { DisposableStore, type Disposable } from '../../base/disposable';
import { isBusy, isFinished } from '../../instance/life';
import type { Knowledge } from '../../calls/knowledge';
import type { InstanceRegistry, RegistryChange } from '../../instance/registry';
import type { ComponentLibrary } from './component-library';
import { ContextKeys, FileKey } from './context-keys';
import { entryOf } from './known-component';
import { contextKeys } from '../common/ids';

/** What follows from changes of instances and of files: outdated marks, learnt verdicts, the context keys of menus. */
export function followInstances(parts: {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
}): Disposable {
  const { library, registry, knowledge } = parts;
  const owned = new DisposableStore();
  const keys = new ContextKeys();
  // Libraries are called and not run; of core modules a component can be saved.
  const fileKeys = [
    owned.add(
      new FileKey(library, contextKeys.libraries, (component) => {
        return component.content.type === 'component' && entryOf(component) === null;
      }),
    ),
    owned.add(
      new FileKey(library, contextKeys.modules, ({ content }) => {
        return content.type === 'component' && content.build.adapted !== undefined;
      }),
    ),
  ];

  owned.add(
    library.onDidChange((component) => {
      const { path, content } = component;
      for (const key of fileKeys) key.update(path);
      if (content.type !== 'component') return;
      const { build, finding, summary } = content;
      knowledge.learnStatic(build.sha256, summary.entry, finding);
      registry.rebuilt(path, build.sha256);
    }),
  );
  owned.add(
    registry.onDidChange((change) => {
      learn(change);
      const instances = registry.all();
      keys.set(contextKeys.hasInstances, instances.length > 0);
      keys.set(
        contextKeys.hasBusy,
        instances.some(({ state }) => isBusy(state)),
      );
      keys.set(
        contextKeys.hasFinished,
        instances.some(({ state }) => isFinished(state)),
      );
    }),
  );
  return owned;

  function learn(change: RegistryChange): void {
    if (change.type !== 'changed') return;
    const { instance, before } = change;
    const call = instance.calls.at(-1);
    if (call?.ended !== undefined && before.calls.at(-1)?.ended === undefined) knowledge.learnCall(instance);
  }
}
