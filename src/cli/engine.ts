import type { Verdict } from '../reuse/verdict';
import { Engine } from '../engine/engine';
import { Prober } from '../engine/probe';
import type { Runners } from '../engine/runners';
import { InstanceRegistry, type Instance } from '../instance/registry';
import { engineOptions } from './engine-options';

/** The registry of a command. It keeps of each instance's calls the last one only: a script can make a hundred thousand. */
export function makeRegistry(): InstanceRegistry {
  return new InstanceRegistry(Date.now, 1);
}

/**
 * The engine of a command, with guests at this process's own priority, over runners that are there already if any are.
 * @param spent why a further run on an instance that has run would trap, where somebody is told of it
 */
export function makeEngine(
  registry: InstanceRegistry,
  runners?: Runners,
  spent: () => Verdict | undefined = () => undefined,
): Engine {
  const spentReason = ({ hasRun }: Instance) => (hasRun ? spent() : undefined);
  return new Engine({ ...engineOptions(), registry, runners, spentReason });
}

/** The prober of a command, over the same cache. */
export function makeProber(): Prober {
  return new Prober(engineOptions());
}
