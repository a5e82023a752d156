import { formatBytes } from '../base/size';
import { describeOutcome, type Outcome } from '../instance/call';

/** One of several calls of the same export with the same arguments. */
export interface ReuseTurn {
  readonly outcome: Outcome;
  /** The result as text; null for a call that did not return. */
  readonly result: string | null;
  /** What the guest printed meanwhile, to stdout and stderr. */
  readonly output: string;
  readonly durationMs: number;
  /** Linear memory after the call, in bytes, where the engine could tell. */
  readonly memoryBytes: number | undefined;
}

/** One line of the comparison. */
export interface ReuseRow {
  readonly what: 'outcome' | 'result' | 'output' | 'time' | 'memory';
  readonly same: string;
  readonly fresh: string;
  /** Whether being called again made the difference. Times always differ, so they never do. */
  readonly differs: boolean;
}

/**
 * What a repeated call on one instance does. With the first three the first call already ends the instance, so there is nothing to repeat;
 * with `traps` and `ends` a later call does.
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

export interface ReuseReport {
  readonly rows: readonly ReuseRow[];
  readonly findings: readonly ReuseFinding[];
  /** The findings in sentences for people. */
  readonly summary: string;
}

const pageBytes = 65_536;
const shownItems = 6;
/** How long several texts may be together before the rest of them is left out. */
const shownTogether = 80;
const shownCharacters = 60;

/**
 * Compares calls on one instance with as many on fresh ones. `same` may be shorter: after a trap there are no more.
 * @param call the call as text, for the summary
 */
export function reuseReport(
  call: string,
  same: readonly ReuseTurn[],
  fresh: readonly ReuseTurn[],
): ReuseReport {
  const rows: readonly ReuseRow[] = [
    compare('outcome', same, fresh, ({ outcome }) => describeOutcome(outcome)),
    compare('result', same, fresh, ({ result }) => result ?? 'none'),
    compare('output', same, fresh, ({ output }) => (output === '' ? 'none' : JSON.stringify(output))),
    { what: 'time', same: firstAndLater(same), fresh: `${ms(median(fresh))}, the median`, differs: false },
    memoryRow(same, fresh),
  ];
  const findings = findingsOf(rows, same, fresh);
  return { rows, findings, summary: findings.map((finding) => sentence(finding, call, same)).join(' ') };
}

function compare(
  what: ReuseRow['what'],
  same: readonly ReuseTurn[],
  fresh: readonly ReuseTurn[],
  textOf: (turn: ReuseTurn) => string,
): ReuseRow {
  const [onOne, onFresh] = [same.map(textOf), fresh.map(textOf)];
  // Calls that a trap kept from being made are no difference by themselves; the trap is.
  const differs = onOne.some((text, index) => text !== onFresh[index]);
  return { what, same: sequence(onOne), fresh: sequence(onFresh), differs };
}

/** Texts of several turns: `3 each time`, or the first few of them. */
function sequence(texts: readonly string[]): string {
  const [first = 'none'] = texts;
  const folded = texts.map((text) =>
    text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text,
  );
  if (texts.length > 1 && texts.every((text) => text === first)) {
    return first === 'none' ? 'none' : `${folded[0] ?? ''} each time`;
  }
  let shown = 0;
  let length = 0;
  while (shown < Math.min(folded.length, shownItems) && length <= shownTogether) {
    length += folded[shown]?.length ?? 0;
    shown += 1;
  }
  return [...folded.slice(0, shown), ...(shown < folded.length ? ['…'] : [])].join(', ');
}

function firstAndLater(turns: readonly ReuseTurn[]): string {
  const [first, ...later] = turns;
  if (first === undefined) return 'none';
  const firstTime = `first ${ms(first.durationMs)}`;
  return later.length === 0 ? firstTime : `${firstTime}, later ${ms(median(later))}`;
}

function memoryRow(same: readonly ReuseTurn[], fresh: readonly ReuseTurn[]): ReuseRow {
  const last = same.at(-1)?.memoryBytes;
  const growth = pagesPerCall(same);
  const grown = growth === 0 ? '' : ` (+${growth} ${growth === 1 ? 'page' : 'pages'} a call)`;
  return {
    what: 'memory',
    same: last === undefined ? 'unknown' : `${formatBytes(last)}${grown}`,
    fresh: fresh[0]?.memoryBytes === undefined ? 'unknown' : formatBytes(fresh[0].memoryBytes),
    differs: growth !== 0,
  };
}

/** Growth from the first call's end to the last's. The first call's own growth is not leaking: it may fill caches. */
function pagesPerCall(turns: readonly ReuseTurn[]): number {
  const returned = turns.filter(({ outcome }) => isReturn(outcome.type));
  const [first, last] = [returned[0]?.memoryBytes, returned.at(-1)?.memoryBytes];
  if (returned.length < 2 || first === undefined || last === undefined) return 0;
  return Math.round(((last - first) / pageBytes / (returned.length - 1)) * 10) / 10;
}

function findingsOf(
  rows: readonly ReuseRow[],
  same: readonly ReuseTurn[],
  fresh: readonly ReuseTurn[],
): readonly ReuseFinding[] {
  const differs = (what: ReuseRow['what']) => rows.some((row) => row.what === what && row.differs);
  // The first call on the one instance is on a fresh one, too.
  const onFresh = [...same.slice(0, 1), ...fresh];
  const last = same.at(-1)?.outcome.type;
  const findings: ReuseFinding[] = [];
  // How calls end comes before what they return: a trap on repetition is one even where results are random.
  if (varies(onFresh, ({ outcome }) => (isReturn(outcome.type) ? 'returned' : outcome.type)))
    findings.push('varies');
  else if (!isReturn(last)) findings.push(endOf(last, same.length));
  else if (varies(onFresh, ({ outcome, result, output }) => JSON.stringify([outcome.type, result, output])))
    findings.push('varies');
  else if (differs('outcome') || differs('result') || differs('output')) findings.push('keeps-state');
  if (differs('memory')) findings.push('leaks');
  return findings.length === 0 ? ['no-difference'] : findings;
}

function varies(turns: readonly ReuseTurn[], keyOf: (turn: ReuseTurn) => string): boolean {
  return new Set(turns.map(keyOf)).size > 1;
}

function isReturn(type: Outcome['type'] | undefined): type is 'ok' | 'error' {
  return type === 'ok' || type === 'error';
}

/** How the last call that could be made ended the instance. */
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

function sentence(finding: ReuseFinding, call: string, same: readonly ReuseTurn[]): string {
  const last = same.at(-1);
  const how = last === undefined ? 'did not start' : describeOutcome(last.outcome);
  switch (finding) {
    case 'traps-at-once':
      return `${call} ${how} when first called, on every fresh instance, so that there is nothing to repeat.`;
    case 'exits':
      return `${call} ${how}: the guest ends its instance, which takes no further call. Use a fresh instance for each.`;
    case 'does-not-return':
      return `${call} did not return (${how}), so that there is nothing to repeat.`;
    case 'ends':
      return `Calling ${call} again on one instance would end it: call ${same.length} ${how}. Use a fresh instance for each call.`;
    case 'traps':
      return `Calling ${call} again on one instance would trap: call ${same.length} did. Use a fresh instance for each call.`;
    case 'keeps-state':
      return `${call} keeps state: called again on one instance it does something else than on a fresh one.`;
    case 'leaks':
      return `Memory grows with each call on one instance.`;
    case 'varies':
      return `${call} differs from one fresh instance to the next, with the same arguments: by chance, by the clock, or by what it reads. So the results do not tell whether it keeps state.`;
    case 'no-difference':
      return `${call} may be called again: no difference to fresh instances was seen in ${same.length} calls.`;
  }
}

function median(turns: readonly ReuseTurn[]): number {
  const times = turns.map(({ durationMs }) => durationMs).sort((left, right) => left - right);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function ms(duration: number): string {
  return `${duration < 10 ? duration.toFixed(2) : duration.toFixed(0)} ms`;
}
