import type { Outcome, StopReason } from '../component/outcome';
import type { Call } from '../instance/call';
import { engineOf, type EngineName } from '../instance/profile';
import type { Instance, InstanceId } from '../instance/registry';
import type { CallRequest, FirstCall } from './call-request';
import type { StartOptions } from './engine-options';
import type { LaunchRequest } from './launch-plan';

/** What an engine can do at all, for those who offer it to users. What a start or a call needs beyond that is refused when it is made. */
export interface EngineAbilities {
  /** Whether an instance can be called again after a call. Without that its process ends with its only call. */
  readonly keepsInstances: boolean;
  /** Whether instances can be debugged, and whether the calls that they make of the host can be counted. */
  readonly debugs: boolean;
  /** Whether instances are pre-warmed. */
  readonly prewarms: boolean;
  /** Whether JavaScript modules can stand in for imports. */
  readonly takesModules: boolean;
  /** Whether calls can pass and return resources, streams and futures. */
  readonly takesHandles: boolean;
  /** Whether it is a program of the user's, which may be missing and has a version of its own. */
  readonly isInstalledByUser: boolean;
}

/** The version of jco that this extension brings along. */
export const jcoVersion = '1.35.0';

/** An engine as users know it. */
export interface EngineIdentity {
  readonly name: EngineName;
  /** Absent as long as the user's own program was not found. */
  readonly version?: string;
}

/** The engine that an instance was made on. */
export function engineIdentity({
  profile,
  engineVersion,
}: Pick<Instance, 'profile' | 'engineVersion'>): EngineIdentity {
  const name = engineOf(profile);
  const version = engineVersion ?? (abilitiesOf[name].isInstalledByUser ? undefined : jcoVersion);
  return version === undefined ? { name } : { name, version };
}

/** The abilities of each engine. */
export const abilitiesOf: Readonly<Record<EngineName, EngineAbilities>> = {
  jco: {
    keepsInstances: true,
    debugs: true,
    prewarms: true,
    takesModules: true,
    takesHandles: true,
    isInstalledByUser: false,
  },
  wasmtime: {
    keepsInstances: false,
    debugs: false,
    prewarms: false,
    takesModules: false,
    takesHandles: false,
    isInstalledByUser: true,
  },
};

/**
 * What makes instances on one engine. The registry's states are the same on every engine: {@link Engine} adds the instance, the backend
 * brings it from `starting` to `ready`, `failed`, `trapped`, `exited` or `stopped`, and every call of it to its end.
 */
export interface Backend {
  /** Hands out an instance that was made earlier and fits a request. Undefined if there is none. */
  take(request: LaunchRequest, onAdded: StartOptions['onAdded']): Instance | undefined;

  /**
   * Starts an instance that has just been added to the registry. Resolves when the registry knows how that ended. Rejects with a
   * StartError, or with another Error, where the instance cannot be made; the caller then records it as failed.
   * @param signal aborted when the instance is stopped before it has anything that could be stopped
   */
  start(id: InstanceId, request: LaunchRequest, options: BackendStart, signal: AbortSignal): Promise<void>;

  /** An instance that this backend has started and that has not ended. */
  get(id: InstanceId): EngineInstance | undefined;

  /** All of them. */
  ids(): readonly InstanceId[];

  /** Called after each call of an instance that may be this backend's. */
  afterCall(id: InstanceId): void;

  /** Called when an instance, which may be this backend's, is taken out of the registry. */
  forget(id: InstanceId): void;

  /** Ends what waits for later use. Instances are stopped one by one. */
  dispose(): void;
}

/** How a backend starts an instance. */
export interface BackendStart extends StartOptions {
  /** A call that comes with the start. A backend may leave it alone; it is then made as an ordinary call. */
  readonly first?: FirstCall;
}

/** An instance on its engine, while it lives. */
export interface EngineInstance {
  /** The process that the guest runs in, while there is one. */
  readonly pid: number | undefined;

  /**
   * Makes a call on an instance that accepts calls. Resolves when the call has ended, however it did. Rejects with a CallRefused,
   * before the registry knows of the call, where the engine cannot make it.
   */
  call(request: CallRequest): Promise<Call>;

  /** Ends the instance at once, whatever its guest is doing. Resolves when the registry says so, within 100 ms. */
  stop(reason: StopReason): Promise<void>;

  /** Gives up an idle instance without ending its process, if another may follow in that. False if it has to be stopped instead. */
  release(): boolean;

  /** Records the trap at which a debugger holds the guest: the call ends with it, even if the instance is stopped there. */
  noteTrap(trap: Extract<Outcome, { type: 'trapped' }>): void;

  /** Gives the guest bytes to read, where its stdin is a terminal. */
  writeStdin(bytes: Uint8Array): void;

  /** Ends the guest's input. */
  endStdin(): void;
}
