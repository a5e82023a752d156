import { messageOf } from '../base/error';
import { CallRefused, StartError } from '../engine/errors';
import { startFailureText } from './start-failure';
import { callRefusedText } from './refusal';

/** What went wrong, for the user: in our words where it is an error of the engine, else in its own. */
export function errorText(error: unknown): string {
  if (error instanceof CallRefused) return callRefusedText(error);
  return error instanceof StartError ? startFailureText(error.failure) : messageOf(error);
}
