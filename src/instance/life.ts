import type { Verdict } from '../reuse/verdict';
import type { Trap } from '../component/trap';
import type { EngineLack } from '../component/engine-lack';
import type { Outcome, StartFailure, StopReason } from '../component/outcome';

/**
 * Why an instance is spent: the verdict that a repeated call would trap, or that its process has ended with the call, as on engines that
 * keep no instance. After the latter every call is refused.
 */
export type SpentReason = Verdict | 'process-ended';

/** Where an instance is in its life. */
export type State =
  | { readonly type: 'starting' }
  | { readonly type: 'ready' }
  /** `call` is the number of the call that is going on. */
  | { readonly type: 'running'; readonly call: number }
  /** The last call returned, and a repeated call would trap or is impossible; `why` was known at that moment. */
  | { readonly type: 'spent'; readonly why: SpentReason }
  | { readonly type: 'trapped'; readonly trap: Trap }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'stopped'; readonly reason: StopReason }
  | { readonly type: 'failed'; readonly failure: StartFailure }
  | { readonly type: 'disposed' };

export type StateType = State['type'];

/** What happens to an instance. */
export type LifeEvent =
  | { readonly type: 'instantiated' }
  | { readonly type: 'could-not-start'; readonly failure: StartFailure }
  | { readonly type: 'called'; readonly call: number }
  /** `spent` is set when a repeated call would trap, or when there is no instance any more that could be called. */
  | { readonly type: 'call-ended'; readonly outcome: Outcome; readonly spent?: SpentReason }
  | { readonly type: 'stopped'; readonly reason: StopReason }
  /** The instance trapped outside of any call, in a start function. */
  | { readonly type: 'trapped'; readonly trap: Trap }
  | { readonly type: 'exited'; readonly code: number }
  | { readonly type: 'disposed' };

/**
 * The one transition function: the state after an event, or null where the event cannot happen in that state.
 * A spent instance may be called all the same (the user insists, or another export is meant) unless its process has ended; a trapped one
 * never, whatever the engine would do: the component model leaves an instance locked after a trap.
 */
export function next(state: State, event: LifeEvent): State | null {
  if (event.type === 'disposed') return state.type === 'disposed' ? null : { type: 'disposed' };
  switch (state.type) {
    case 'starting':
      return whileStarting(event);
    case 'ready':
    case 'spent':
      if (!acceptsCalls(state)) return null;
      if (event.type === 'called') return { type: 'running', call: event.call };
      if (event.type === 'stopped') return { type: 'stopped', reason: event.reason };
      return null;
    case 'running':
      return whileRunning(event);
    case 'trapped':
    case 'exited':
    case 'stopped':
    case 'failed':
    case 'disposed':
      return null;
  }
}

function whileStarting(event: LifeEvent): State | null {
  switch (event.type) {
    case 'instantiated':
      return { type: 'ready' };
    case 'could-not-start':
      return { type: 'failed', failure: event.failure };
    case 'trapped':
      return { type: 'trapped', trap: event.trap };
    case 'exited':
      return { type: 'exited', code: event.code };
    case 'stopped':
      return { type: 'stopped', reason: event.reason };
    case 'called':
    case 'call-ended':
    case 'disposed':
      return null;
  }
}

function whileRunning(event: LifeEvent): State | null {
  if (event.type === 'stopped') return { type: 'stopped', reason: event.reason };
  if (event.type !== 'call-ended') return null;
  const { outcome } = event;
  switch (outcome.type) {
    case 'ok':
    case 'error':
      return event.spent === undefined ? { type: 'ready' } : { type: 'spent', why: event.spent };
    case 'trapped':
      return { type: 'trapped', trap: outcome.trap };
    case 'exited':
      return { type: 'exited', code: outcome.code };
    case 'stopped': {
      const { reason } = outcome;
      return reason.type === 'not-started'
        ? { type: 'failed', failure: reason.failure }
        : { type: 'stopped', reason };
    }
  }
}

/** Whether there is something to stop: the instance comes up, or a call goes on. */
export function isBusy(state: State): boolean {
  return state.type === 'starting' || state.type === 'running';
}

/** Whether a call can be made now: an instance that lives and is not busy. */
export function acceptsCalls(state: State): boolean {
  return state.type === 'ready' || (state.type === 'spent' && state.why !== 'process-ended');
}

/**
 * Whether a further call is offered for an instance: on itself or, where its process has ended with its call, on a fresh one in its place.
 * `planCall` says on which.
 */
export function offersFurtherCalls(state: State): boolean {
  return state.type === 'ready' || state.type === 'spent';
}

/** Whether the instance lives, so that there is something to stop. */
export function isAlive(state: State): boolean {
  return state.type === 'starting' || state.type === 'running' || acceptsCalls(state);
}

/** Whether nothing more can happen on the instance, so that it may be cleared away. A spent one counts as finished. */
export function isFinished(state: State): boolean {
  return !isAlive(state) || state.type === 'spent';
}

/**
 * Why a call is refused: the state that does not allow it, a standby, a runner or a process that is gone, or something that the
 * instance's engine cannot do.
 */
export type Refusal =
  | Exclude<State, { type: 'ready' | 'spent' }>
  | { readonly type: 'standby' }
  | { readonly type: 'no-runner' }
  | { readonly type: 'process-ended' }
  | { readonly type: 'engine-lacks'; readonly lack: EngineLack };

/** Why a call is refused in this state. Null where calls are accepted. */
export function refusalOf(state: State): Refusal | null {
  switch (state.type) {
    case 'ready':
      return null;
    case 'spent':
      return state.why === 'process-ended' ? { type: 'process-ended' } : null;
    default:
      return state;
  }
}
