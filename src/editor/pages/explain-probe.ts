import { describeOutcome } from '../../words/outcome';
import { formatBytes } from '../../base/size';
import type { ProbeReport } from '../../reuse/findings';
import { formatDuration } from '../../base/duration';
import { concludeProbe } from '../../reuse/probe-finding';
import { probeTableText } from '../../words/explain';
import { html, list } from './html';

const pageBytes = 65_536;

/** The calls of a probe as a table: what each did, printed, and left behind. Nothing for a probe that made none. */
export function probeTable({ calls, granted = false }: ProbeReport): string {
  const [first] = calls;
  if (first === undefined) return '';
  const rows = calls.map((call, index) => {
    const { outcome, hostCalls, outputBytes, outputDigest, memoryPages, durationMs } = call;
    const before = calls[index - 1]?.memoryPages;
    const output =
      outputBytes === 0
        ? probeTableText.nothing()
        : index === 0
          ? formatBytes(outputBytes)
          : outputDigest === first.outputDigest
            ? probeTableText.sameOutput(formatBytes(outputBytes))
            : probeTableText.otherOutput(formatBytes(outputBytes));
    const cells = [
      describeOutcome(outcome),
      hostCalls.toLocaleString('en-US'),
      output,
      memoryPages === undefined
        ? probeTableText.memoryUnknown()
        : `${formatBytes(memoryPages * pageBytes)}${growth(before, memoryPages)}`,
      formatDuration(durationMs),
    ];
    return `<tr><th scope="row">${String(index + 1)}</th>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`;
  });
  const head = probeTableText
    .heads()
    .map((title) => `<th scope="col">${html(title)}</th>`)
    .join('');
  return `<div class="table" tabindex="0"><table><caption>${html(probeTableText.caption(granted))}</caption>
<thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** What calls on one instance leave behind for the next, as far as a probe saw it; nothing if they did not all return. */
export function keptList(report: ProbeReport): string {
  const finding = concludeProbe(report);
  if (finding.type !== 'reran') return '';
  const { output, pagesPerCall } = finding;
  return list([
    html(keptTexts[output]()),
    pagesPerCall > 0
      ? html(probeTableText.memoryGrew(formatBytes(pagesPerCall * pageBytes)))
      : html(probeTableText.memorySame()),
  ]);
}

const keptTexts = {
  same: probeTableText.noState,
  different: probeTableText.state,
  varies: probeTableText.stateUnknown,
};

function growth(before: number | undefined, after: number): string {
  return before === undefined || after <= before ? '' : ` (+${formatBytes((after - before) * pageBytes)})`;
}
