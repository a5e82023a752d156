import type { ReuseReport } from '../../calls/reuse-report';

/** What being called again does to an export, as a table in Markdown that reads well as text too. */
export function reuseReportText(name: string, call: string, times: number, report: ReuseReport): string {
  const rows = report.rows.map(({ what, same, fresh, differs }) => [
    differs ? `**${what}**` : what,
    same,
    fresh,
  ]);
  return [
    `# ${call}`,
    '',
    `${name}: ${String(times)} calls on one instance, and one on each of ${String(times)} fresh instances.`,
    '',
    report.summary,
    '',
    ...table([['', 'one instance', 'fresh instances'], ...rows]),
    '',
  ].join('\n');
}

/** @param rows the heads of the columns first */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}
