import { Engine } from '../engine/engine';
import { Prober } from '../engine/probe';
import type { Runners } from '../engine/runners';
import type { InstanceRegistry } from '../instance/registry';
import { engineOptions } from './engine-options';

/** The engine of a command, with guests at this process's own priority, over runners that are there already if any are. */
export function makeEngine(registry: InstanceRegistry, runners?: Runners): Engine {
  return new Engine({ ...engineOptions(), registry, runners, spentReason: () => undefined });
}

/** The prober of a command, over the same cache. */
export function makeProber(): Prober {
  return new Prober(engineOptions());
}
