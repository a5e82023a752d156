import { formatDuration } from '../base/duration';
import { printable } from '../base/sanitize';
import { formatBytes } from '../base/size';
import {
  isSameEntry,
  type ComparedFile,
  type EnginesReport,
  type EngineSide,
} from '../calls/compare-engines/engines-report';
import { jcoDifferences, type JcoDifference } from '../calls/compare-engines/jco-differences';
import type { OutputDiff } from '../calls/compare-engines/output-diff';
import { exitStatusOf } from '../calls/compare-engines/turn';
import {
  aspectName,
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
  relationText,
  turnEndText,
} from './compare-engines';
import { engineText } from './engine';
import { t } from './t';

/** One line of a comparison. What guests chose is as they wrote it: what shows it must make it harmless. */
export interface EngineRow {
  readonly what: string;
  readonly jco: string;
  readonly wasmtime: string;
  /** Absent for what is not compared. */
  readonly relation?: 'same' | 'different' | 'unknown';
  readonly relationText: string;
}

/** Longer cells are cut off. */
const longestCell = 60;

/** The comparison in lines. */
export function engineRows({ aspects, sides }: EnginesReport): readonly EngineRow[] {
  const compared = aspects.map(({ aspect, relation, varies }): EngineRow => ({
    what: aspectName(aspect),
    jco: cellOf(aspect, sides.jco),
    wasmtime: cellOf(aspect, sides.wasmtime),
    relation,
    relationText: relationText({ relation, varies }),
  }));
  return [...compared, ...measureRows(sides)];
}

type Sides = EnginesReport['sides'];

function measureRows(sides: Sides): readonly EngineRow[] {
  const row = (what: string, cell: (side: EngineSide) => string | undefined): readonly EngineRow[] => {
    const [jco, wasmtime] = [cell(sides.jco), cell(sides.wasmtime)];
    if (jco === undefined && wasmtime === undefined) return [];
    const unknown = enginesText.unknown();
    return [{ what, jco: jco ?? unknown, wasmtime: wasmtime ?? unknown, relationText: '' }];
  };
  const bytes = (count: number | undefined) => (count === undefined ? undefined : formatBytes(count));
  return [
    ...row(enginesText.firstTime(), ({ first }) => formatDuration(first.durationMs)),
    ...(sides.jco.again === undefined && sides.wasmtime.again === undefined
      ? []
      : row(enginesText.againTime(), ({ again }) =>
          again === undefined ? '–' : formatDuration(again.durationMs),
        )),
    ...row(enginesText.peakMemory(), ({ first, again }) =>
      bytes(mostOf([first.peakBytes, again?.peakBytes])),
    ),
    ...row(enginesText.linearMemory(), ({ first }) => bytes(first.linearBytes)),
  ];
}

function mostOf(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function cellOf(aspect: EnginesReport['aspects'][number]['aspect'], { first }: EngineSide): string {
  switch (aspect) {
    case 'outcome':
      return turnEndText(first.end);
    case 'exit-status':
      return String(exitStatusOf(first.end) ?? enginesText.none());
    case 'result':
      return first.result ?? enginesText.unknown();
    case 'stdout':
    case 'stderr':
      return first[aspect].bytes === 0 ? enginesText.none() : formatBytes(first[aspect].bytes);
    case 'files':
      return changedFiles(first);
  }
}

function changedFiles({ before, after }: EngineSide['first']): string {
  if (before === null || after === null) return enginesText.unknown();
  const paths = new Set([...before.keys(), ...after.keys()]);
  const changed = [...paths].filter((path) => !isSameEntry(before.get(path), after.get(path)));
  if (changed.length === 0) return enginesText.none();
  return changed.length === 1 ? t('1 changed') : t('{0} changed', changed.length);
}

/** The comparison as plain text for a terminal, which nothing of a guest's can command. */
export function enginesTable(name: string, report: EnginesReport): string {
  const { diffs, files, known } = report;
  return printable(
    [
      comparisonTitle(name, report),
      '',
      ...tableLines(report),
      ...block(notStartedTexts(report)),
      ...(['stdout', 'stderr'] as const).flatMap((stream) => diffBlock(stream, diffs[stream])),
      ...fileBlock(files),
      ...block(known.map(knownText)),
      ...block(comparisonNotes(report)),
      '',
      enginesVerdict(report),
      '',
    ].join('\n'),
  );
}

/** A difference of jco with its link, as one line. */
function knownText(difference: JcoDifference): string {
  const link = jcoDifferences[difference];
  const text = jcoDifferenceText(difference);
  return link === undefined ? text : `${text} ${link}`;
}

function block(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function tableLines(report: EnginesReport): readonly string[] {
  const { jco, wasmtime } = report.sides;
  const rows = [
    ['', engineText(jco.engine), engineText(wasmtime.engine), ''],
    ...engineRows(report).map((row) => [
      row.what,
      shortened(row.jco),
      shortened(row.wasmtime),
      row.relationText,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A cell on one line. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestCell ? `${line.slice(0, longestCell - 1)}…` : line;
}

const shownLines = 200;

function diffBlock(stream: string, diff: OutputDiff | null): readonly string[] {
  if (diff === null) return [];
  const lines =
    diff.type === 'lines'
      ? diff.hunks.flatMap(({ jcoLine, wasmtimeLine, lines: all }) => [
          `@@ ${enginesText.diffPlace(jcoLine, wasmtimeLine)} @@`,
          ...all.map((line) => `${diffMark[line.in]}${line.text}`),
        ])
      : [noLinesText(diff) ?? ''];
  const isCut = diff.type === 'lines' && (diff.isCut || lines.length > shownLines);
  return [
    '',
    `${enginesText.outputs(stream)} (${enginesText.diffMarks()})`,
    ...lines.slice(0, shownLines),
    ...(isCut ? [diffCutText()] : []),
  ];
}

const shownFiles = 50;

function fileBlock(files: readonly ComparedFile[]): readonly string[] {
  if (files.length === 0) return [];
  const more = files.length - shownFiles;
  return [
    '',
    enginesText.files(),
    ...files.slice(0, shownFiles).map(({ path, before, jco, wasmtime, isSame }) => {
      const one = fileText(before, jco);
      return isSame ? `  ${path}: ${one}` : `  ${path}: jco ${one}, wasmtime ${fileText(before, wasmtime)}`;
    }),
    ...(more > 0 ? [`  ${enginesText.moreFiles(more)}`] : []),
  ];
}
