import type { Memento } from 'vscode';
import { bareProfile, type Profile } from '../../instance/profile';

const storeKey = 'profiles.v1';

/** What each component is run with: what the user gave last, by the component's path. */
export class ProfileBook {
  readonly #store: Memento;

  constructor(store: Memento) {
    this.#store = store;
  }

  /** The profile that Run uses. */
  get(path: string): Profile {
    return { ...bareProfile, ...this.#all()[path] };
  }

  /** Remembers what a component is run with from now on. */
  async set(path: string, profile: Profile): Promise<void> {
    await this.#store.update(storeKey, { ...this.#all(), [path]: profile });
  }

  #all(): Readonly<Record<string, Partial<Profile>>> {
    return this.#store.get<Record<string, Partial<Profile>>>(storeKey, {});
  }
}
