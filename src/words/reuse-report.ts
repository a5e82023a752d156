import { formatBytes } from '../base/size';
import type { ReuseFinding, ReuseReport, ReuseTurn } from '../calls/reuse-report';
import { describeOutcome } from './outcome';
import { t } from './t';

/** One line of a comparison. */
export interface ReuseRow {
  readonly what: string;
  readonly same: string;
  readonly fresh: string;
  /** Whether repeating the call made the difference. Times always differ, so for them this is false. */
  readonly differs: boolean;
}

const shownItems = 6;
/** How long the texts of several calls may be together, in characters; the rest is left out. */
const shownTogether = 80;
const shownCharacters = 60;

/** The comparison in lines. */
export function reuseRows({ same, fresh, differences, pagesPerCall }: ReuseReport): readonly ReuseRow[] {
  const row = (what: 'outcome' | 'result' | 'output', name: string, textOf: (turn: ReuseTurn) => string) => ({
    what: name,
    same: sequence(same.map(textOf)),
    fresh: sequence(fresh.map(textOf)),
    differs: differences.has(what),
  });
  const none = t('none');
  return [
    row('outcome', t('outcome'), ({ outcome }) => describeOutcome(outcome)),
    row('result', t('result'), ({ result }) => result ?? none),
    row('output', t('output'), ({ output }) => (output === '' ? none : JSON.stringify(output))),
    { what: t('time'), same: times(same), fresh: t('{0} (median)', ms(median(fresh))), differs: false },
    {
      what: t('memory'),
      same: memory(same.at(-1), pagesPerCall),
      fresh: memory(fresh[0], 0),
      differs: differences.has('memory'),
    },
  ];
}

/** The comparison as a table in plain text, with its summary. */
export function reuseTable(times: number, report: ReuseReport): string {
  const rows = reuseRows(report);
  const [one, many] = [t('one instance'), t('fresh instances')];
  const sameWidth = Math.max(one.length, ...rows.map(({ same }) => same.length));
  const line = (what: string, same: string, fresh: string) =>
    `${what.padEnd(11)}${same.padEnd(sameWidth + 3)}${fresh}\n`;
  const body = rows.map(({ what, same, fresh, differs }) => line(differs ? `${what} *` : what, same, fresh));
  return `${t('{0}, {1} times', report.call, times)}\n\n${line('', one, many)}${body.join('')}\n${reuseSummary(report)}\n`;
}

/** The comparison as a page in Markdown, which also reads well as text. */
export function reusePage(name: string, times: number, report: ReuseReport): string {
  const rows = reuseRows(report).map(({ what, same, fresh, differs }) => [
    differs ? `**${what}**` : what,
    same,
    fresh,
  ]);
  return [
    `# ${report.call}`,
    '',
    t('{0}: {1} calls on one instance, and one on each of {1} fresh instances.', name, times),
    '',
    reuseSummary(report),
    '',
    ...markdownTable([['', t('one instance'), t('fresh instances')], ...rows]),
    '',
  ].join('\n');
}

/** The findings in sentences. */
export function reuseSummary(report: ReuseReport): string {
  return report.findings.map((finding) => findingText(finding, report)).join(' ');
}

function findingText(finding: ReuseFinding, { call, same }: ReuseReport): string {
  const count = same.length;
  const last = same.at(-1);
  const how = last === undefined ? t('did not start') : describeOutcome(last.outcome);
  switch (finding) {
    case 'traps-at-once':
      return t('{0} {1} in the first call, on every fresh instance. There is nothing to repeat.', call, how);
    case 'exits':
      return t('{0} {1}, which ends the instance. Use a fresh instance for each call.', call, how);
    case 'does-not-return':
      return t('{0} did not return ({1}). There is nothing to repeat.', call, how);
    case 'ends':
      return t(
        'Calling {0} again on one instance would end it: call {1} {2}. Use a fresh instance for each call.',
        call,
        count,
        how,
      );
    case 'traps':
      return t(
        'Calling {0} again on one instance would trap: call {1} did. Use a fresh instance for each call.',
        call,
        count,
      );
    case 'keeps-state':
      return t('{0} keeps state: a repeated call on one instance differs from a call on a fresh one.', call);
    case 'leaks':
      return t('Memory grows with each call on one instance.');
    case 'varies':
      return t(
        '{0} differs between fresh instances with the same arguments: it depends on chance, the clock or its input. So the results do not show whether it keeps state.',
        call,
      );
    case 'no-difference':
      return t('{0} can be called again: {1} calls showed no difference from fresh instances.', call, count);
  }
}

/** Texts of several calls: `3 each time`, or the first few of them. */
function sequence(texts: readonly string[]): string {
  const [first = t('none')] = texts;
  const folded = texts.map((text) =>
    text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text,
  );
  if (texts.length > 1 && texts.every((text) => text === first))
    return first === t('none') ? first : t('{0} each time', folded[0] ?? '');
  let shown = 0;
  let length = 0;
  while (shown < Math.min(folded.length, shownItems) && length <= shownTogether) {
    length += folded[shown]?.length ?? 0;
    shown += 1;
  }
  return [...folded.slice(0, shown), ...(shown < folded.length ? ['…'] : [])].join(', ');
}

function times(turns: readonly ReuseTurn[]): string {
  const [first, ...later] = turns;
  if (first === undefined) return t('none');
  if (later.length === 0) return t('first {0}', ms(first.durationMs));
  return t('first {0}, later {1}', ms(first.durationMs), ms(median(later)));
}

function memory(turn: ReuseTurn | undefined, growth: number): string {
  if (turn?.memoryBytes === undefined) return t('unknown');
  const size = formatBytes(turn.memoryBytes);
  if (growth === 0) return size;
  return growth === 1 ? t('{0} (+1 page per call)', size) : t('{0} (+{1} pages per call)', size, growth);
}

function median(turns: readonly ReuseTurn[]): number {
  const durations = turns.map(({ durationMs }) => durationMs).sort((left, right) => left - right);
  return durations[Math.floor(durations.length / 2)] ?? 0;
}

function ms(duration: number): string {
  return `${duration < 10 ? duration.toFixed(2) : duration.toFixed(0)} ms`;
}

/** @param rows the heads of the columns first */
function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}
