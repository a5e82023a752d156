import type { Build, Instance, InstanceId } from '../instance/registry';
import type { Backend, BackendStart, EngineInstance } from './backend';
import type { ComponentStore } from './component-store';
import type { EngineOptions, StartOptions } from './engine-options';
import { InstancePool, noStandbys, type StandbyLimits } from './instance-pool';
import { isOrdinary, makeLaunchPlan, type LaunchRequest } from './launch-plan';
import { LiveInstances } from './live-instances';
import { Runners } from './runners';

/** What the backend needs of the engine. */
export interface RunnerBackendParts {
  readonly options: EngineOptions;
  readonly components: ComponentStore;
  /** Ends an instance and takes it out of the registry. */
  dispose(id: InstanceId): Promise<void>;
}

/** Instances on jco and V8: each has a runner of ours, can be called again, and may be pre-warmed. */
export class RunnerBackend implements Backend {
  readonly #parts: RunnerBackendParts;
  readonly #runners: Runners;
  readonly #live: LiveInstances;
  readonly #pool: InstancePool;

  constructor(parts: RunnerBackendParts) {
    this.#parts = parts;
    const { options } = parts;
    const { registry } = options;
    this.#runners = options.runners ?? new Runners(options);
    this.#live = new LiveInstances({
      registry,
      runners: this.#runners,
      spentReason: (instance) => options.spentReason(instance),
    });
    this.#pool = new InstancePool(
      {
        registry,
        launch: (id, plan) => this.#live.launch(id, plan, { io: undefined }),
        adopt: (id, io, profile) => {
          const standby = this.#live.get(id);
          standby?.adopt(io, profile);
          return standby !== undefined;
        },
        dispose: (id) => parts.dispose(id),
        log: (line) => {
          options.log(line);
        },
      },
      options.standby ?? noStandbys,
    );
  }

  /** Sets how many instances are pre-warmed from now on. */
  limitStandbys(limits: StandbyLimits): void {
    this.#pool.limit(limits);
  }

  /** Ends the standbys of other builds of the same file. */
  dropOutdated(build: Build): void {
    this.#pool.dropOutdated(build);
  }

  take(request: LaunchRequest, onAdded: StartOptions['onAdded']): Instance | undefined {
    return this.#pool.take(request, onAdded);
  }

  async start(
    id: InstanceId,
    request: LaunchRequest,
    { progress, onInspector, first }: BackendStart,
    signal: AbortSignal,
  ): Promise<void> {
    const { components, options } = this.#parts;
    const plan = await makeLaunchPlan(components, this.#runners, request, { signal, progress });
    signal.throwIfAborted();
    this.#pool.learn(id, plan);
    await this.#live.launch(id, plan, { io: request.io, onInspector, first });
    // Keep a bare runner warm for the next component.
    if (isOrdinary(plan) && options.keepBareRunner === true) this.#runners.warmUp(plan.shape);
  }

  get(id: InstanceId): EngineInstance | undefined {
    return this.#live.get(id);
  }

  ids(): readonly InstanceId[] {
    return this.#live.ids();
  }

  afterCall(id: InstanceId): void {
    this.#pool.refill(id);
  }

  forget(id: InstanceId): void {
    this.#pool.forget(id);
  }

  dispose(): void {
    this.#pool.dispose();
    this.#runners.dispose();
  }
}
