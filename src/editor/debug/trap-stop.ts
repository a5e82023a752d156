import type { CodeLocation } from '../../component/code-location';
import { trapOf, type Trap } from '../../component/trap';
import { trapKindOf } from '../../engine/wire-traps';
import { record, records } from './dap';

/**
 * Makes js-debug stop where a guest traps. The glue catches and rethrows traps, so they are caught exceptions, of which those that are no
 * traps are left out: a guest's exit is thrown, too. A RangeError is the engine's stack at its end.
 */
const trapFilter = {
  filterId: 'all',
  condition: 'error instanceof WebAssembly.RuntimeError || error instanceof RangeError',
};

/** The arguments of `setExceptionBreakpoints` with the stop on traps added; null if they have it already, or stop on all exceptions. */
export function withTrapStop(args: Readonly<Record<string, unknown>>): object | null {
  const filters = Array.isArray(args.filters) ? args.filters.filter((name) => typeof name === 'string') : [];
  const options = records(args.filterOptions);
  if (filters.includes('all') || options.some(({ filterId }) => filterId === 'all')) return null;
  return { ...args, filters, filterOptions: [...options, trapFilter] };
}

/** The trap in the text of an exception that a debugger has stopped at, such as `RuntimeError: unreachable`. */
export function trapOfException(exception: string): Trap | null {
  const runtimeError = /RuntimeError: (?:wasm trap: )?(.*?):?$/m.exec(exception)?.[1];
  if (runtimeError !== undefined) return trapOf(trapKindOf(runtimeError.trim()), runtimeError.trim());
  return exception.includes('Maximum call stack size exceeded') ? { kind: 'stack-exhausted' } : null;
}

/** The guest's frames in the answer to `stackTrace`, with sources as `shorten` gives them. */
export function framesOfStack(body: unknown, shorten: (path: string) => string): readonly CodeLocation[] {
  return records(record(body).stackFrames).flatMap(({ name, line, source }): CodeLocation[] => {
    const { path, sourceReference } = record(source);
    if (typeof path !== 'string' || typeof line !== 'number' || !isNativeSource(path)) return [];
    const isFile = sourceReference === undefined || sourceReference === 0;
    return [
      {
        ...(typeof name === 'string' ? { func: name } : {}),
        funcIndex: 0,
        module: 0,
        offset: 0,
        ...(isFile ? { source: { file: shorten(path), line } } : {}),
      },
    ];
  });
}

/** Sources of guests are none of the glue's and the runner's. */
function isNativeSource(path: string): boolean {
  return !/\.(?:js|cjs|mjs|wat)$/.test(path) && !path.startsWith('<');
}
