import type { Memento } from 'vscode';
import { bareProfile, type Profile } from '../../instance/profile';
import { settings } from '../settings/settings';

const storeKey = 'profiles.v1';

/** What each component is run with: what the user gave last, by the component's path, and the modules that the settings name. */
export class ProfileStore {
  readonly #store: Memento;
  /** What was left unfinished. It grants nothing, and is gone with the window. */
  readonly #drafts = new Map<string, Profile>();

  constructor(store: Memento) {
    this.#store = store;
  }

  /** The profile that Run uses. */
  get(path: string): Profile {
    return withModules(path, { ...bareProfile, ...settings.profile(path), ...this.#all()[path] });
  }

  /** What the user had made of the profile when they left its editing; undefined if they never did, or have run since. */
  draft(path: string): Profile | undefined {
    const draft = this.#drafts.get(path);
    return draft === undefined ? undefined : withModules(path, draft);
  }

  /** Keeps an edited profile for the next time that it is edited. No run uses it. */
  keepDraft(path: string, { modules: _, ...draft }: Profile): void {
    this.#drafts.set(path, draft);
  }

  /** Forgets an edited profile that was kept. */
  dropDraft(path: string): void {
    this.#drafts.delete(path);
  }

  /** Remembers what a component is run with from now on, but for its modules, which only the settings name. */
  async set(path: string, { modules: _, ...given }: Profile): Promise<void> {
    this.dropDraft(path);
    await this.#store.update(storeKey, { ...this.#all(), [path]: given });
  }

  #all(): Readonly<Record<string, Partial<Profile>>> {
    return this.#store.get<Record<string, Partial<Profile>>>(storeKey, {});
  }
}

function withModules(path: string, profile: Profile): Profile {
  const modules = settings.importModules(path);
  return modules.length === 0 ? profile : { ...profile, modules };
}
