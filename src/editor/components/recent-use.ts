import type { Memento } from 'vscode';
import type { Disposable } from '../../base/disposable';
import type { InstanceRegistry, RegistryChange } from '../../instance/registry';

const storeKey = 'recent.v1';

/** How many components are remembered. */
const kept = 50;

/** Which components were used last in this workspace: a use is a fresh instance, or a call. */
export class RecentUse implements Disposable {
  readonly #store: Memento;
  readonly #registration: Disposable;

  constructor(store: Memento, registry: InstanceRegistry) {
    this.#store = store;
    this.#registration = registry.onDidChange((change) => {
      if (isUse(change)) this.#use(change.instance.build.path);
    });
  }

  /** How many components were used since this one was; Infinity for one of which that is not known. */
  usedAgo(path: string): number {
    const ago = this.#paths().indexOf(path);
    return ago < 0 ? Infinity : ago;
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #use(path: string): void {
    const paths = this.#paths();
    // Thousands of calls may follow each other.
    if (paths[0] === path) return;
    const others = paths.filter((other) => other !== path);
    void this.#store.update(storeKey, [path, ...others].slice(0, kept));
  }

  #paths(): readonly string[] {
    return this.#store.get<readonly string[]>(storeKey, []);
  }
}

function isUse(change: RegistryChange): boolean {
  switch (change.type) {
    case 'added':
      return !change.instance.standby;
    case 'changed':
      return change.instance.callCount > change.before.callCount;
    case 'removed':
      return false;
  }
}
