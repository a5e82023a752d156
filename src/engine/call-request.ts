import type { Deferred } from '../base/deferred';
import type { Call, ExportRef } from '../instance/call';
import type { Profile } from '../instance/profile';
import type { Command } from './wire';

/**
 * What a runner can be asked to do on an instance. Everything of it is a call for the registry: in the
 * history, limited in time.
 */
export type CallCommand = Extract<Command, { readonly type: 'call' | 'drop' | 'read' }>;

/** A call to be made, with what the history shows of it from its beginning. */
export interface CallRequest {
  readonly ref: ExportRef;
  readonly argumentText: string;
  readonly profile: Profile;
  readonly command: CallCommand;
}

/** A call that comes with the start; `ended` settles only if the instance came up. */
export interface FirstCall extends CallRequest {
  readonly ended: Deferred<Call>;
}
