import { err, ok, type Result } from '../base/result';
import { ByteReader } from './bytes';
import { decodeComponent } from './decode-component';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';

/**
 * Reads a component as data. Takes time and memory in proportion to its definitions, not to the code and data in it,
 * which stay views of `bytes`. Errors name the byte offset; nothing is thrown.
 */
export function readComponent(bytes: Uint8Array): Result<Component, DecodeError> {
  try {
    return ok(decodeComponent(new ByteReader(bytes), null, { modules: 0 }));
  } catch (error) {
    if (error instanceof DecodeError) return err(error);
    throw error;
  }
}
