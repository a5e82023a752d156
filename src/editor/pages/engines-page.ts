import type { ComparedFile, EnginesReport } from '../../calls/compare-engines/engines-report';
import { jcoDifferences, type JcoDifference } from '../../calls/compare-engines/jco-differences';
import type { DiffHunk, OutputDiff } from '../../calls/compare-engines/output-diff';
import { printable } from '../../base/sanitize';
import {
  comparisonNotes,
  comparisonTitle,
  diffCutText,
  diffMark,
  enginesText,
  enginesVerdict,
  fileText,
  jcoDifferenceText,
  noLinesText,
  notStartedTexts,
} from '../../words/compare-engines';
import { engineText } from '../../words/engine';
import { engineRows, type EngineRow } from '../../words/engines-table';
import { commandIds } from '../common/ids';
import { button, escaped, html, list, section } from './html';

/** What the page tells. */
export interface EnginesSubject {
  readonly name: string;
  readonly path: string;
  readonly report: EnginesReport;
  /** Whether guests may run here. */
  readonly trusted: boolean;
}

/** So much of a difference or a result is shown. */
const shown = { lines: 1000, files: 500, cell: 2000 } as const;

/** The page's body as HTML. Everything that comes from a component is escaped. */
export function enginesPage({ name, path, report, trusted }: EnginesSubject): string {
  const { call, diffs, files, known } = report;
  const target = call === null ? { path } : { path, text: call };
  const buttons = [
    ...(trusted ? [button(commandIds.compareEngines, enginesText.compareAgain(), target)] : []),
    button(commandIds.chooseEngine, enginesText.chooseEngine(), undefined, 'secondary'),
  ];
  return [
    '<main>',
    `<h1>${escaped(shownText(comparisonTitle(name, report)))}</h1>`,
    `<p class="verdict ${report.isSame ? 'reruns' : 'traps'}">${html(enginesVerdict(report))}</p>`,
    list(notStartedTexts(report).map((text) => escaped(shownText(text)))),
    `<p>${buttons.join(' ')}</p>`,
    table(report),
    section(enginesText.knownOfJco(), list(known.map(knownItem))),
    ...(['stdout', 'stderr'] as const).map((stream) =>
      section(enginesText.outputs(stream), diffPart(diffs[stream])),
    ),
    section(enginesText.files(), fileTable(files)),
    section(enginesText.about(), list(comparisonNotes(report).map(html))),
    '</main>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** What a guest or a caller wrote, with its invisible characters shown, and cut off where it is long. */
function shownText(text: string): string {
  return printable(text.length > shown.cell ? `${text.slice(0, shown.cell)}…` : text);
}

function table(report: EnginesReport): string {
  const { jco, wasmtime } = report.sides;
  const heads = [enginesText.whatDiffers(), engineText(jco.engine), engineText(wasmtime.engine), ''];
  return [
    '<div class="table" tabindex="0"><table class="engines">',
    `<thead><tr>${heads.map((head) => `<th scope="col">${html(head)}</th>`).join('')}</tr></thead>`,
    `<tbody>${engineRows(report).map(tableRow).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

function tableRow({ what, jco, wasmtime, relation, relationText }: EngineRow): string {
  const cells = [jco, wasmtime].map((cell) => `<td>${escaped(shownText(cell))}</td>`).join('');
  const words = `<td class="${relation ?? 'measure'}">${html(relationText)}</td>`;
  return `<tr><th scope="row">${html(what)}</th>${cells}${words}</tr>`;
}

function knownItem(difference: JcoDifference): string {
  const text = html(jcoDifferenceText(difference));
  const link = jcoDifferences[difference];
  return link === undefined ? text : `${text} <a href="${link}">${html(link)}</a>`;
}

function diffPart(diff: OutputDiff | null): string {
  if (diff === null) return '';
  if (diff.type !== 'lines') return `<p>${html(noLinesText(diff) ?? '')}</p>`;
  const lines = diff.hunks.flatMap(hunkLines);
  const isCut = diff.isCut || lines.length > shown.lines;
  return [
    `<p>${html(enginesText.diffMarks())}</p>`,
    `<pre tabindex="0">${lines.slice(0, shown.lines).join('\n')}</pre>`,
    ...(isCut ? [`<p>${html(diffCutText())}</p>`] : []),
  ].join('\n');
}

/** The marks tell the lines apart, with the colours or without. */
function hunkLines({ jcoLine, wasmtimeLine, lines }: DiffHunk): readonly string[] {
  return [
    `<span class="place">${html(enginesText.diffPlace(jcoLine, wasmtimeLine))}</span>`,
    ...lines.map(
      (line) => `<span class="${line.in}">${diffMark[line.in]}${escaped(shownText(line.text))}</span>`,
    ),
  ];
}

function fileTable(files: readonly ComparedFile[]): string {
  if (files.length === 0) return '';
  const heads = [enginesText.file(), 'jco', 'wasmtime'];
  const more = files.length - shown.files;
  const rows = files.slice(0, shown.files).map(({ path, before, jco, wasmtime, isSame }) => {
    const cells = [fileText(before, jco), fileText(before, wasmtime)].map((cell) => {
      const words = escaped(shownText(cell));
      return `<td class="${isSame ? 'same' : 'different'}">${words}</td>`;
    });
    return `<tr><th scope="row">${escaped(shownText(path))}</th>${cells.join('')}</tr>`;
  });
  return [
    '<div class="table" tabindex="0"><table class="engines">',
    `<thead><tr>${heads.map((head) => `<th scope="col">${html(head)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody></table></div>`,
    ...(more > 0 ? [`<p>${html(enginesText.moreFiles(more))}</p>`] : []),
  ].join('\n');
}
