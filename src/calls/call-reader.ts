import type { Result } from '../base/result';
import type { Callable } from '../component/wave/export-lookup';
import { calleeOf, parseCall, type ParsedCall } from '../component/wave/call';
import { completeCall, type Completion } from '../component/wave/complete';
import type { WaveError } from '../component/wave/error';
import { HandleTable } from './handle-table';

/**
 * Reads calls as text without making them, with the exports of a component and the handles of one instance.
 */
export class CallReader {
  readonly exports: readonly Callable[];
  readonly handles: HandleTable;

  constructor(exports: readonly Callable[], handles = new HandleTable()) {
    this.exports = exports;
    this.handles = handles;
  }

  /** Reads a call. */
  check(text: string): Result<ParsedCall, WaveError> {
    return parseCall(text, this.exports, this.handles.forCall());
  }

  /** Completes the text of a call at `offset`. */
  complete(text: string, offset: number): Completion {
    return completeCall(text, offset, {
      exports: this.exports,
      handles: this.handles.forCall(),
      handleNames: (type) =>
        'resource' in type || type.kind === 'stream' || type.kind === 'future'
          ? this.handles.namesFor(type)
          : [],
    });
  }

  /** The export that a complete or incomplete call is about; null if the text does not say so yet. */
  calleeOf(text: string): Callable | null {
    return calleeOf(text, this.exports, this.handles.forCall());
  }
}
