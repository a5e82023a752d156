import { acceptsCalls } from '../../../src/instance/life';
import { bareProfile, type Profile } from '../../../src/instance/profile';
import type { Build } from '../../../src/instance/registry';
import type { TestEngine } from '../harness';

/** How one call ended; `refused` where the instance was no longer there to be called. */
export interface TrueCall {
  readonly outcome: 'ok' | 'error' | 'trapped' | 'exited' | 'stopped' | 'refused' | 'not-started';
  readonly hostCalls: number;
}

/** Long enough for a call that ends, short enough for those that never do. */
const limitMs = 1000;

/** Calls run on a fresh instance, up to `count` times. */
export async function callRun(engine: TestEngine, build: Build, count: number): Promise<readonly TrueCall[]> {
  const profile: Profile = { ...bareProfile, stdin: { type: 'empty' }, timeoutMs: limitMs };
  const io = { output: () => undefined };
  const instance = await engine.engine.startInstance(build, profile, io, { countHostCalls: true });
  const calls: TrueCall[] = [];
  if (instance.state.type !== 'ready') return [{ outcome: 'not-started', hostCalls: 0 }];
  while (calls.length < count) {
    if (!acceptsCalls(engine.now(instance).state)) {
      calls.push({ outcome: 'refused', hostCalls: 0 });
      continue;
    }
    const { ended } = await engine.run(instance);
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
