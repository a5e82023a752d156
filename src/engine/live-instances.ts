import type { Verdict } from '../reuse/verdict';
import type { Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import { filesOf } from './artifact-cache';
import { backtraceOf } from './backtrace';
import type { FirstCall } from './call-request';
import type { GuestIo, InheritedIo } from './guest-io';
import { LinkMaker } from './link-maker';
import { LiveInstance, type InspectorHandler } from './live-instance';
import { launchKey, type LaunchPlan } from './launch-plan';
import type { Runners } from './runners';

/** What the instances of one engine share. */
export interface LiveInstancesParts {
  readonly registry: InstanceRegistry;
  readonly runners: Runners;
  /** Why a repeated call would trap, asked at each call's end. */
  spentReason(instance: Instance): Verdict | undefined;
}

/** How the runner of one instance is started. */
export interface Launch {
  /** The user's streams; undefined for a standby, which gets them later. */
  readonly io: GuestIo | InheritedIo | undefined;
  readonly onInspector?: InspectorHandler | undefined;
  readonly first?: FirstCall | undefined;
}

/** The instances that have a runner. */
export class LiveInstances {
  readonly #parts: LiveInstancesParts;
  readonly #byId = new Map<InstanceId, LiveInstance>();

  constructor(parts: LiveInstancesParts) {
    this.#parts = parts;
  }

  /** The instance with an id, while it has a runner. */
  get(id: InstanceId): LiveInstance | undefined {
    return this.#byId.get(id);
  }

  /** All that have a runner. */
  ids(): readonly InstanceId[] {
    return [...this.#byId.keys()];
  }

  /** Gives an instance its runner. Resolves when it is up or could not come up; the registry knows which. */
  async launch(
    id: InstanceId,
    { request, artifact, shape, start }: LaunchPlan,
    { io, onInspector, first }: Launch,
  ): Promise<void> {
    const { registry, runners } = this.#parts;
    const { runner, command } = runners.take(launchKey(request), shape, start);
    const live = new LiveInstance({
      id,
      runner,
      io,
      registry,
      giveBack: (free) => {
        runners.giveBack(free);
      },
      spentReason: (instance) => this.#parts.spentReason(instance),
      onInspector,
      backtrace: (stack) => backtraceOf(stack, artifact),
      links: new LinkMaker(start.grants.dirs),
      moduleCount: filesOf(artifact, 'core').length,
    });
    this.#byId.set(id, live);
    void live.gone.then(() => this.#byId.delete(id));
    // Under a debugger a start takes as long as its user takes.
    await live.start(command, onInspector === undefined ? request.profile.timeoutMs : undefined, first);
  }
}
