import { open, url, waitForDebugger } from 'node:inspector';
import { send } from './pipes';

/** Whether a debugger can be attached: the event loop must then go on while this process waits. */
export function isDebuggable(): boolean {
  return url() !== undefined;
}

/** Opens the inspector on a free port of this machine alone and tells the engine its address, which holds a secret. */
export function openInspector(): void {
  open(0, '127.0.0.1');
  send({ type: 'inspector', url: url() ?? '' });
}

/** Holds the thread until a debugger has attached and set itself up. */
export { waitForDebugger };
