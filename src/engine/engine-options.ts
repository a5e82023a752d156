import type { Instance, InstanceRegistry } from '../instance/registry';
import type { Profile } from '../instance/profile';
import type { Verdict } from '../reuse/verdict';
import type { StandbyLimits } from './instance-pool';
import type { InspectorHandler } from './live-instance';
import type { Runners, RunnersOptions } from './runners';
import type { WasmtimePlaces } from './wasmtime/discover';

/** What an engine is made of. */
export interface EngineOptions extends RunnersOptions {
  readonly registry: InstanceRegistry;
  /** A folder for transpiled components; it is made, filled and kept in bounds by the engine. */
  readonly cacheDir: string;
  readonly files: { readonly runner: string; readonly transpiler: string };
  /** Runners of the same options, where some were started before the engine was made. */
  readonly runners?: Runners | undefined;
  /** The verdict that a repeated call would trap, if there is one. Asked at each call's end. */
  spentReason(instance: Instance): Verdict | undefined;
  /** Whether a runner is kept ready that has loaded nothing yet, at about 17 MB. */
  readonly keepBareRunner?: boolean;
  /** Where the user's own wasmtime is looked for. Asked at each start, since settings change; by default in the usual places. */
  wasmtime?(): WasmtimePlaces;
  /** How many instances are pre-warmed for components that have been run; absent for none. */
  readonly standby?: StandbyLimits;
}

/** How an instance is started. */
export interface StartOptions {
  readonly signal?: AbortSignal;
  /** Called with the instance before any output of the guest reaches the streams. */
  readonly onAdded?: (instance: Instance) => void;
  /** Called when something begins that takes long. */
  readonly progress?: (step: 'adapting' | 'transpiling') => void;
  /** Makes it a debugged instance: this is called before anything of the guest runs. */
  readonly onInspector?: InspectorHandler;
  /** Counts the calls of the host that each call makes. It makes each of them a little slower. */
  readonly countHostCalls?: boolean;
}

/** How a call is made. */
export interface CallOptions {
  /** What was given, as text for people. */
  readonly argumentText?: string;
  /** Arguments, environment and time limit of this call, where they differ from those the instance was made with. */
  readonly profile?: Profile;
  /** Handles among the arguments that the callee takes for good. */
  readonly gives?: readonly number[];
  /** Aborting stops the instance: a guest cannot be interrupted otherwise. */
  readonly signal?: AbortSignal;
}
