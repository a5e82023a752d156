import { acceptsCalls } from '../instance/life';
import type { Instance } from '../instance/registry';

/** The setting `freshInstance.onRepeatedRun`: what Run does where a repeated call would trap. */
export type OnRepeatedRun = 'ask' | 'fresh' | 'same';

/** What Run comes to. */
export type RunPlan =
  | { readonly type: 'fresh' }
  | { readonly type: 'call'; readonly instance: Instance }
  /** The user decides, knowing `why` the call would trap. */
  | { readonly type: 'ask'; readonly instance: Instance; readonly why: string };

/** Run uses the component's current instance if a call is allowed, else a fresh one; on a spent instance the setting decides. */
export function planRun(current: Instance | undefined, onRepeatedRun: OnRepeatedRun): RunPlan {
  if (current === undefined || !acceptsCalls(current.state)) return { type: 'fresh' };
  if (current.state.type !== 'spent') return { type: 'call', instance: current };
  switch (onRepeatedRun) {
    case 'ask':
      return { type: 'ask', instance: current, why: current.state.why };
    case 'fresh':
      return { type: 'fresh' };
    case 'same':
      return { type: 'call', instance: current };
  }
}
