import type { ComponentSummary } from '../component/summary';
import type { ExportRef } from '../instance/call';

/** The run exports of a component: the one that Run calls, and the others that it has. */
export interface RunChoice {
  readonly chosen: ExportRef;
  /** Further versions, which a user may want to know of. The lower one of two is often a stub that traps. */
  readonly others: readonly ExportRef[];
}

/** Chooses the highest version of `wasi:cli/run`. Undefined for a component that exports none. */
export function chooseRun(summary: Extract<ComponentSummary, { kind: 'component' }>): RunChoice | undefined {
  const [chosen, ...others] = summary.runExports.map((name): ExportRef => ({ interface: name, func: 'run' }));
  return chosen === undefined ? undefined : { chosen, others };
}
