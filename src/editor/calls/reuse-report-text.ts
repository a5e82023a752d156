import type { ReuseReport } from '../../instance/reuse-report';

/** What being called again does to an export, as a table in Markdown. */
export function reuseReportText(name: string, call: string, times: number, report: ReuseReport): string {
  const rows = report.rows.map(({ what, same, fresh, differs }) =>
    row([differs ? `**${what}**` : what, same, fresh]),
  );
  return [
    `# ${call}`,
    '',
    `${name}: ${String(times)} calls on one instance, and one on each of ${String(times)} fresh instances.`,
    '',
    report.summary,
    '',
    row(['', 'one instance', 'fresh instances']),
    row(['---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\n/g, ' ')).join(' | ')} |`;
}
