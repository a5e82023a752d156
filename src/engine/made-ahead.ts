import type { Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import type { LiveInstances } from './live-instances';
import type { LaunchRequest, LaunchPlan } from './launch-plan';
import { standbyKey, type Standbys } from './standbys';

/** How long the start functions of a standby may take. */
const startMs = 5000;

/** What it takes to make instances ahead. */
export interface MadeAheadOptions {
  readonly registry: InstanceRegistry;
  readonly live: LiveInstances;
  readonly standbys: Standbys;
  /** Ends an instance and takes it out of the registry. */
  readonly dispose: (id: InstanceId) => Promise<void>;
  /** One line for a log that developers read. */
  readonly log: (line: string) => void;
}

/** Makes instances ahead, like those that were called, and hands them out when one is asked for. */
export class MadeAhead {
  readonly #options: MadeAheadOptions;
  /** How each instance was made, for more of its kind. */
  readonly #recipes = new Map<InstanceId, LaunchPlan>();

  constructor(options: MadeAheadOptions) {
    this.#options = options;
  }

  /** Hears how an instance is made. */
  learn(id: InstanceId, recipe: LaunchPlan): void {
    this.#recipes.set(id, recipe);
  }

  /** Forgets an instance that was disposed. */
  forget(id: InstanceId): void {
    this.#recipes.delete(id);
  }

  /** The standby that was made for just this, with its new user's streams and profile. */
  claim(
    { build, profile, io, debug, countHostCalls }: LaunchRequest,
    onAdded: ((instance: Instance) => void) | undefined,
  ): Instance | undefined {
    if (debug || countHostCalls) return undefined;
    const { registry, live, standbys, dispose } = this.#options;
    const id = standbys.take(standbyKey(build, profile, io));
    if (id === undefined) return undefined;
    const standby = live.get(id);
    const recipe = this.#recipes.get(id);
    const instance = registry.get(id);
    if (standby === undefined || recipe === undefined || instance === undefined) {
      // Its runner has died while it waited.
      void dispose(id);
      return undefined;
    }
    onAdded?.(instance);
    standby.adopt(io, profile);
    this.#recipes.set(id, { ...recipe, profile });
    return registry.get(id);
  }

  /** Sees to it that the next instance like this one is there before it is asked for. */
  refill(id: InstanceId): void {
    const recipe = this.#recipes.get(id);
    if (recipe === undefined || recipe.special || recipe.inherits) return;
    this.#options.standbys.refill(recipe.build, recipe.key, () => this.#make(recipe));
  }

  async #make(recipe: LaunchPlan): Promise<Instance | undefined> {
    const { registry, live, dispose, log } = this.#options;
    const { id } = registry.add(recipe.build, recipe.profile, { standby: true });
    this.#recipes.set(id, recipe);
    const profile = { ...recipe.profile, timeoutMs: startMs };
    const needs = { ...recipe.needs, start: { ...recipe.needs.start, eager: true } };
    try {
      await live.launch(id, { ...recipe, profile, needs }, { io: undefined });
    } catch (error) {
      // The system has no process or descriptor to spare, for one.
      log(`no instance of ${recipe.build.path} was made ahead: ${String(error)}`);
    }
    const instance = registry.get(id);
    if (instance?.state.type === 'ready') return instance;
    await dispose(id);
    return undefined;
  }
}
