import { defined } from '../base/defined';
import { messageOf } from '../base/error';
import { longestFaultText, type ImportFault } from '../component/import-fault';
import type { TrapKind } from '../component/trap';
import { longestText, type WireOutcome, type WireStartFailure } from '../engine/wire';
import { isFaultOfGlue, trapKindOf } from '../engine/wire-traps';
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

/** A fault of a module that stands in for an import, not of the guest. Thrown through the guest's frames where it fails in a call. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  readonly fault: ImportFault;

  constructor(fault: ImportFault, options?: ErrorOptions) {
    super(`fault of an import: ${fault.code}`, options);
    this.fault = fault;
  }
}

/** What the exception that left a call means. */
export function outcomeOfError(error: unknown): WireOutcome {
  if (error instanceof ExitSignal) return { type: 'exited', code: error.code };
  if (error instanceof OutputClosed) return { type: 'output-closed' };
  // jco's glue throws the error case of a result as its own ComponentError.
  if (error instanceof Error && error.constructor.name === 'ComponentError' && 'payload' in error)
    return { type: 'error', value: error.payload };
  const { kind, message, fault } = causeOf(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  // Names of functions, which a guest chooses, are in stacks.
  return {
    type: 'trapped',
    kind,
    message: message.slice(0, longestText),
    stack: stack.slice(0, longestText),
    ...defined({ fault }),
  };
}

/** Why an instance could not be made, from what was thrown. */
export function startFailureOf(error: unknown): WireStartFailure {
  if (error instanceof ModuleError) return { code: 'import-fault', fault: error.fault };
  return { code: 'other', words: messageOf(error).slice(0, longestText) };
}

/**
 * How the start function of an instance ended that could not be made; undefined where none ran.
 * @param ending set if the guest ended itself
 */
export function guestOutcomeOf(
  error: unknown,
  ending: ExitSignal | OutputClosed | undefined,
): WireOutcome | undefined {
  const outcome = outcomeOfError(ending ?? error);
  const guestRan = outcome.type !== 'trapped' || error instanceof WebAssembly.RuntimeError;
  return guestRan ? outcome : undefined;
}

interface Cause {
  readonly kind: TrapKind;
  readonly message: string;
  readonly fault?: ImportFault;
}

/** The one place where an engine's error is taken for a kind of trap. */
function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) {
    const words = describe(error).slice(0, longestFaultText);
    return { kind: 'import-failed', message: words, fault: { code: 'threw', words } };
  }
  const { message, name } = error;
  if (error instanceof ModuleError) return { kind: 'import-failed', message, fault: error.fault };
  if (error instanceof Deadlock) return { kind: 'never-returns', message };
  if (isFaultOfGlue(error.constructor.name, message))
    return { kind: 'engine-failed', message: `${error.constructor.name}: ${message}` };
  if (error instanceof WebAssembly.RuntimeError) {
    // jco puts the specification's texts for V8's, but not for every trap.
    const text = message.replace(/^wasm trap: /, '');
    return { kind: trapKindOf(text), message: text };
  }
  if (error instanceof RangeError && message.startsWith('Maximum call stack size exceeded'))
    return { kind: 'stack-exhausted', message };
  if (error.constructor.name === 'Exception') return { kind: 'uncaught-exception', message };
  const kind = trapKindOf(message);
  return { kind, message: kind === 'other' ? `${name}: ${message}` : message };
}

function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'tag' in value) return String(value.tag);
  return typeof value;
}
