import { createRequire } from 'node:module';
import type * as Inspector from 'node:inspector';
import { send } from './pipes';

/** Node's module is loaded for guests that are debugged alone: the others would wait for it. */
let inspector: typeof Inspector | undefined;

/** Whether a debugger can be attached: the event loop must then run while this process waits. */
export function isDebuggable(): boolean {
  return inspector !== undefined;
}

/**
 * Opens the inspector on a free port of this machine alone and tells the engine its address, which holds a
 * secret.
 */
export function openInspector(): void {
  inspector = createRequire(__filename)('node:inspector') as typeof Inspector;
  inspector.open(0, '127.0.0.1');
  send({ type: 'inspector', url: inspector.url() ?? '' });
}

/** Holds the thread until a debugger has attached and set itself up. */
export function waitForDebugger(): void {
  inspector?.waitForDebugger();
}
