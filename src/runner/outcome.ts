import { longestText, type WireOutcome } from '../engine/wire';
import { Deadlock } from './while-alive';

/** Thrown through the guest's frames when it calls `exit`: the way to end a guest without ending the process. */
export class ExitSignal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the guest exited with ${String(code)}`);
    this.name = 'ExitSignal';
    this.code = code;
  }
}

/** Thrown through the guest's frames when the reader of its output is gone, as SIGPIPE would end a native program. */
export class OutputClosed extends Error {
  constructor() {
    super("the guest's output was closed");
    this.name = 'OutputClosed';
  }
}

/**
 * Thrown through the guest's frames when a module that stands in for an import fails: a fault of the module,
 * not of the guest.
 */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
}

/** What the exception that left a call means. */
export function outcomeOfError(error: unknown): WireOutcome {
  const outcome = meaningOf(error);
  if (outcome.type !== 'trapped') return outcome;
  // Names of functions, which a guest chooses, are in stacks.
  const { message, stack } = outcome;
  return { type: 'trapped', message: message.slice(0, longestText), stack: stack.slice(0, longestText) };
}

function meaningOf(error: unknown): WireOutcome {
  if (error instanceof ExitSignal) return { type: 'exited', code: error.code };
  if (error instanceof OutputClosed) return { type: 'output-closed' };
  if (!(error instanceof Error)) {
    return { type: 'trapped', message: `a host function failed with ${describe(error)}`, stack: '' };
  }
  if (error instanceof ModuleError || error instanceof Deadlock)
    return { type: 'trapped', message: error.message, stack: error.stack ?? '' };
  // jco's glue throws the error case of a result as its own ComponentError.
  if (error.constructor.name === 'ComponentError' && 'payload' in error)
    return { type: 'error', value: error.payload };
  return { type: 'trapped', message: trapMessage(error), stack: error.stack ?? '' };
}

function trapMessage(error: Error): string {
  if (error instanceof WebAssembly.RuntimeError) {
    const message = error.message.replace(/^wasm trap: /, '');
    // jco puts the specification's words for V8's, but not for every trap.
    return message === 'unreachable' ? 'wasm `unreachable` instruction executed' : message;
  }
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack size exceeded')) {
    return 'call stack exhausted';
  }
  if (error.constructor.name === 'Exception') return 'an exception was thrown and not caught';
  return `${error.name}: ${error.message}`;
}

function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'tag' in value) return String(value.tag);
  return typeof value;
}
