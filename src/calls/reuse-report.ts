import type { Outcome } from '../component/outcome';

/** One of several calls of the same export with the same arguments. */
export interface ReuseTurn {
  readonly outcome: Outcome;
  /** The result as text; null for a call that did not return. */
  readonly result: string | null;
  /** The guest's stdout and stderr during the call. */
  readonly output: string;
  readonly durationMs: number;
  /** Linear memory after the call, in bytes; undefined if the engine does not know. */
  readonly memoryBytes: number | undefined;
}

/** What a repeated call can change. */
export type ReuseDifference = 'outcome' | 'result' | 'output' | 'memory';

/**
 * What a repeated call on one instance does. For the first three the first call already ends the instance, so
 * nothing can be repeated. For `traps` and `ends` a later call ends it.
 */
export type ReuseFinding =
  | 'traps-at-once'
  | 'exits'
  | 'does-not-return'
  | 'traps'
  | 'ends'
  | 'keeps-state'
  | 'leaks'
  | 'varies'
  | 'no-difference';

/**
 * The comparison of calls on one instance with calls on fresh ones. `src/words/reuse-report.ts` puts it into
 * words.
 */
export interface ReuseReport {
  /** The call as text. */
  readonly call: string;
  /** The calls on one instance, up to the one that ended it. */
  readonly same: readonly ReuseTurn[];
  /** The calls on fresh instances. */
  readonly fresh: readonly ReuseTurn[];
  /** What differs between the two. */
  readonly differences: ReadonlySet<ReuseDifference>;
  /** Memory growth per call on the one instance, in pages. */
  readonly pagesPerCall: number;
  readonly findings: readonly ReuseFinding[];
}

const pageBytes = 65_536;

/**
 * Compares calls on one instance with calls on fresh ones. `same` is shorter than `fresh` if a call ended the
 * instance.
 * @param call the call as text
 */
export function reuseReport(
  call: string,
  same: readonly ReuseTurn[],
  fresh: readonly ReuseTurn[],
): ReuseReport {
  const growth = pagesPerCall(same);
  // Calls that could not be made after a trap are no difference by themselves; the trap is one.
  const differs = (keyOf: (turn: ReuseTurn) => string | null) =>
    same.some((turn, index) => {
      const other = fresh[index];
      return other === undefined || keyOf(turn) !== keyOf(other);
    });
  const differences = new Set<ReuseDifference>();
  if (differs(({ outcome }) => outcomeKey(outcome))) differences.add('outcome');
  if (differs(({ result }) => result)) differences.add('result');
  if (differs(({ output }) => output)) differences.add('output');
  if (growth !== 0) differences.add('memory');
  const findings = findingsOf(differences, same, fresh);
  return { call, same, fresh, differences, pagesPerCall: growth, findings };
}

/** The same text for outcomes that are alike, wherever in the code they happened. */
function outcomeKey(outcome: Outcome): string {
  return JSON.stringify(outcome, (name, value: unknown) => (name === 'frames' ? undefined : value));
}

/**
 * Memory growth per call, in pages, after the first call. The first call may fill caches, which is no leak.
 */
function pagesPerCall(turns: readonly ReuseTurn[]): number {
  const returned = turns.filter(({ outcome }) => isReturn(outcome.type));
  const [first, last] = [returned[0]?.memoryBytes, returned.at(-1)?.memoryBytes];
  if (returned.length < 2 || first === undefined || last === undefined) return 0;
  return Math.round(((last - first) / pageBytes / (returned.length - 1)) * 10) / 10;
}

function findingsOf(
  differences: ReadonlySet<ReuseDifference>,
  same: readonly ReuseTurn[],
  fresh: readonly ReuseTurn[],
): readonly ReuseFinding[] {
  // The first call on the one instance is on a fresh one, too.
  const onFresh = [...same.slice(0, 1), ...fresh];
  const last = same.at(-1)?.outcome.type;
  const findings: ReuseFinding[] = [];
  // The end of a call counts before its result: a trap on repetition is one even if results are random.
  if (varies(onFresh, ({ outcome }) => (isReturn(outcome.type) ? 'returned' : outcome.type)))
    findings.push('varies');
  else if (!isReturn(last)) findings.push(endOf(last, same.length));
  else if (varies(onFresh, ({ outcome, result, output }) => JSON.stringify([outcome.type, result, output])))
    findings.push('varies');
  else if (differences.has('outcome') || differences.has('result') || differences.has('output'))
    findings.push('keeps-state');
  if (differences.has('memory')) findings.push('leaks');
  return findings.length === 0 ? ['no-difference'] : findings;
}

function varies(turns: readonly ReuseTurn[], keyOf: (turn: ReuseTurn) => string): boolean {
  return new Set(turns.map(keyOf)).size > 1;
}

function isReturn(type: Outcome['type'] | undefined): type is 'ok' | 'error' {
  return type === 'ok' || type === 'error';
}

/** The finding for the call that ended the instance. */
function endOf(outcome: Exclude<Outcome['type'], 'ok' | 'error'> | undefined, calls: number): ReuseFinding {
  const again = calls > 1;
  switch (outcome) {
    case 'trapped':
      return again ? 'traps' : 'traps-at-once';
    case 'exited':
      return again ? 'ends' : 'exits';
    default:
      return again ? 'ends' : 'does-not-return';
  }
}
