import { acceptsCalls } from '../../../src/instance/life';
import { bareProfile, type Profile } from '../../../src/instance/profile';
import type { Build } from '../../../src/instance/registry';
import type { TestEngine } from '../harness';

/** How one call ended; `refused` where the instance was no longer there to be called. */
export interface TrueCall {
  readonly outcome: 'ok' | 'error' | 'trapped' | 'exited' | 'stopped' | 'refused' | 'not-started';
  readonly hostCalls: number;
}

/** In ms: long enough for a call that returns on a busy machine, short enough for those that never do. */
export const limitMs = 5000;
/** In ms. All cases start, but a busy machine may take seconds for it. */
export const startLimitMs = 60_000;

/** Calls run on a fresh instance, up to `count` times. */
export async function callRun(engine: TestEngine, build: Build, count: number): Promise<readonly TrueCall[]> {
  const profile: Profile = { ...bareProfile, stdin: { type: 'empty' }, timeoutMs: startLimitMs };
  const io = { output: () => undefined };
  const instance = await engine.engine.startInstance(build, profile, io, { countHostCalls: true });
  const run = engine.engine.runExports(build)[0];
  if (run === undefined) throw new Error('no run');
  const calls: TrueCall[] = [];
  if (instance.state.type !== 'ready') return [{ outcome: 'not-started', hostCalls: 0 }];
  while (calls.length < count) {
    if (!acceptsCalls(engine.now(instance).state)) {
      calls.push({ outcome: 'refused', hostCalls: 0 });
      continue;
    }
    const { ended } = await engine.engine.call(instance.id, run, [], {
      profile: { ...profile, timeoutMs: limitMs },
    });
    calls.push({ outcome: ended?.outcome.type ?? 'stopped', hostCalls: ended?.hostCalls ?? 0 });
  }
  await engine.engine.disposeInstance(instance.id);
  return calls;
}

/** What a repeated call really does. `early`: before it asks the host for anything. */
export type Real =
  'traps early' | 'traps late' | 'traps on the third call' | 'reruns' | 'traps at first' | 'ends otherwise';

/** What three calls on one instance came to. */
export function realOf([first, second, third]: readonly TrueCall[]): Real {
  const returned = (call: TrueCall | undefined) => call?.outcome === 'ok' || call?.outcome === 'error';
  if (first?.outcome === 'trapped') return 'traps at first';
  if (!returned(first)) return 'ends otherwise';
  if (second?.outcome === 'trapped') return second.hostCalls === 0 ? 'traps early' : 'traps late';
  if (!returned(second)) return 'ends otherwise';
  return third?.outcome === 'trapped' ? 'traps on the third call' : 'reruns';
}
