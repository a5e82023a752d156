import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { asComponent } from './as-component';
import { ByteReader } from './bytes';
import { CoreModule } from './core-module';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';
import { orNull } from './optional';
import { readComponent } from './read-component';
import { takePreamble } from './sections';

/** Whether a file begins as a core module: the version that follows the magic number is 1, and its layer 0. */
export function isCoreModule(bytes: Uint8Array): boolean {
  return orNull(() => takePreamble(new ByteReader(bytes))) === 'module';
}

/**
 * Reads what can be run: a component, or a core module as the component that adapting makes of it (see `asComponent`). Errors name the byte
 * offset; nothing is thrown.
 */
export function readRunnable(bytes: Uint8Array): Result<Component, DecodeError> {
  if (!isCoreModule(bytes)) return readComponent(bytes);
  try {
    return ok(asComponent(new CoreModule(new ByteReader(bytes), 0)));
  } catch (error) {
    if (error instanceof DecodeError) return err(error);
    throw error;
  }
}
