import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../base/disposable';
import { isFinished } from '../instance/life';
import type { Knowledge } from '../instance/knowledge';
import type { InstanceRegistry, RegistryChange } from '../instance/registry';
import type { ComponentLibrary } from './components/component-library';
import { contextKeys } from './ids';

/** What follows from changes of instances and of files: outdated marks, learnt verdicts, the context keys of menus. */
export function followInstances(parts: {
  readonly library: ComponentLibrary;
  readonly registry: InstanceRegistry;
  readonly knowledge: Knowledge;
}): Disposable {
  const { library, registry, knowledge } = parts;
  const owned = new DisposableStore();
  let hadFinished = false;

  owned.add(
    library.onDidChange(({ path, content }) => {
      if (content.type !== 'component') return;
      const { build, finding } = content;
      knowledge.learnStatic(build.sha256, finding);
      registry.rebuilt(path, build.sha256);
    }),
  );
  owned.add(
    registry.onDidChange((change) => {
      learn(change);
      const hasFinished = registry.all().some(({ state }) => isFinished(state));
      if (hasFinished === hadFinished) return;
      hadFinished = hasFinished;
      void vscode.commands.executeCommand('setContext', contextKeys.hasFinished, hasFinished);
    }),
  );
  return owned;

  function learn(change: RegistryChange): void {
    if (change.type !== 'changed') return;
    const { instance, before } = change;
    const call = instance.calls.at(-1);
    if (call?.ended === undefined || before.calls.at(-1)?.ended !== undefined) return;
    const content = library.get(instance.build.path)?.content;
    const entry = content?.type === 'component' ? content.summary.entry : null;
    if (entry !== null) knowledge.learnCall(instance.build.sha256, entry, call);
  }
}
