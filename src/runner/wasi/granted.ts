import { createRequire } from 'node:module';
import type { WireGrants } from '../../engine/wire';
import type { IoClasses } from './io-classes';
import { makeLinksThroughEngine } from './links';

/** What the shim brings: directories, sockets and HTTP, over an I/O thread of its own. */
export interface Granted {
  readonly classes: IoClasses;
  /** Interfaces by name; those of WASI 0.3 under `wasi3:`. */
  readonly interfaces: Readonly<Record<string, object>>;
  /** Waits until one of the shim's pollables is ready, at most so many ns; gives the indices of all that are. */
  poll(pollables: readonly object[], timeoutNs: bigint | undefined): readonly number[];
}

/** What the bundle beside the runner exports. */
export interface ShimBundle {
  grant(grants: WireGrants): Granted;
}

/** Whether a guest needs what only the shim has. */
export function needsShim(grants: WireGrants, imports: readonly string[]): boolean {
  return grants.dirs.length > 0 || grants.network || imports.some((name) => /^wasi3?:http\//.test(name));
}

/** Whether the shim's I/O thread was started, which keeps what guests opened. The build teaches the shim to tell. */
export function usedIoThread(): boolean {
  return Symbol.for('fresh-instance.io-thread') in globalThis;
}

/** Loads the shim, which is a bundle of its own, so that guests that do not need it do not wait for it. */
export function loadShim(grants: WireGrants): Granted {
  // The bundle is of the same build as this one.
  const bundle = createRequire(__filename)('./runner-wasi.js') as ShimBundle;
  makeLinksThroughEngine();
  return bundle.grant(grants);
}
