import type { Memento } from 'vscode';
import { bareProfile, type Profile } from '../../instance/profile';
import { settings } from '../settings';

const storeKey = 'profiles.v1';

/** What each component is run with: what the user gave last, by the component's path, and the modules that the settings name. */
export class ProfileBook {
  readonly #store: Memento;

  constructor(store: Memento) {
    this.#store = store;
  }

  /** The profile that Run uses. */
  get(path: string): Profile {
    const modules = settings.importModules(path);
    return {
      ...bareProfile,
      ...settings.profile(path),
      ...this.#all()[path],
      ...(modules.length === 0 ? {} : { modules }),
    };
  }

  /** Remembers what a component is run with from now on, but for its modules, which only the settings name. */
  async set(path: string, { modules: _, ...given }: Profile): Promise<void> {
    await this.#store.update(storeKey, { ...this.#all(), [path]: given });
  }

  #all(): Readonly<Record<string, Partial<Profile>>> {
    return this.#store.get<Record<string, Partial<Profile>>>(storeKey, {});
  }
}
