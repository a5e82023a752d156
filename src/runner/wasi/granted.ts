import { createRequire } from 'node:module';
import type { WireGrants } from '../../engine/wire';
import type { IoClasses } from './io-classes';

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

/** Whether a guest needs what only the shim has. Without it no I/O thread is started, which saves half of a cold start. */
export function needsShim(grants: WireGrants, imports: readonly string[]): boolean {
  return grants.dirs.length > 0 || grants.network || imports.some((name) => /^wasi3?:http\//.test(name));
}

/** Loads the shim, which is a bundle of its own, so that guests that do not need it do not wait for it. */
export function loadShim(grants: WireGrants): Granted {
  // The bundle is of the same build as this one.
  const bundle = createRequire(__filename)('./runner-wasi.js') as ShimBundle;
  return bundle.grant(grants);
}
