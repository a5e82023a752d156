import { abilitiesOf } from '../engine/backend';
import { Runners } from '../engine/runners';
import { engineOf } from '../instance/profile';
import { engineOptions } from './engine-options';
import { ownStreams } from './own-streams';
import { parseRunOptions } from './run-options';

/**
 * Starts the process that `run` will need, so that it comes up while the command itself is being loaded and the component read. Undefined for
 * arguments that make no sense, of which the command itself tells.
 */
export function runnersAhead(args: readonly string[]): Runners | undefined {
  try {
    const { profile, isBoth } = parseRunOptions(args);
    if (isBoth || !abilitiesOf[engineOf(profile)].prewarms) return undefined;
    const runners = new Runners(engineOptions());
    runners.warmUpFor(profile, ownStreams());
    return runners;
  } catch {
    return undefined;
  }
}
