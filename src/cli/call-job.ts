import type { CallRecord } from './record';
import type { CallOptions } from './call-options';
import type { Callable } from '../component/wave/export-lookup';
import type { Engine } from '../engine/engine';
import type { Build, InstanceRegistry } from '../instance/registry';

/** What the ways of `fresh-instance call` work with. */
export interface CallJob {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly exports: readonly Callable[];
  readonly options: CallOptions;
  readonly record: CallRecord;
  readonly signal: AbortSignal;
}
