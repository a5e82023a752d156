import { assertNever } from '../base/assert-never';
import { formatBytes } from '../base/size';
import type { EnginesError } from '../calls/compare-engines/compare-engines';
import { copyLimits } from '../calls/compare-engines/directory-copies';
import type { Entry } from '../calls/compare-engines/directory-snapshot';
import {
  isSameEntry,
  type Aspect,
  type ComparedAspect,
  type EnginesReport,
} from '../calls/compare-engines/engines-report';
import type { JcoDifference } from '../calls/compare-engines/jco-differences';
import type { OutputDiff } from '../calls/compare-engines/output-diff';
import type { TurnEnd } from '../calls/compare-engines/turn';
import { getWasmtimeText } from './engine-lack';
import { engineText } from './engine';
import { describeOutcome } from './outcome';
import { startFailureText } from './start-failure';
import { t } from './t';
import type { UserErrorText } from './user-errors';
import { waveErrorText } from './wave-error';

/** Texts of comparisons of engines. */
export const enginesText = {
  title: (name: string) => t('{0}: engines', name),
  run: (name: string) => t('A run of {0} on both engines', name),
  call: (call: string, name: string) => t('{0} of {1} on both engines', call, name),
  comparing: (name: string) => t('Comparing engines on {0}', name),
  onEngine: (engine: string) => t('on {0}…', engine),
  ask: (name: string) => t('Call {0} on both engines', name),
  firstTime: () => t('time, first'),
  againTime: () => t('time, again'),
  peakMemory: () => t('peak memory'),
  linearMemory: () => t('linear memory'),
  none: () => t('none'),
  unknown: () => t('unknown'),
  outputs: (stream: string) => t('Differences in {0}', stream),
  diffMarks: () => t('- jco, + wasmtime'),
  diffPlace: (jco: number, wasmtime: number) => t('line {0} of jco, line {1} of wasmtime', jco, wasmtime),
  files: () => t('Files'),
  file: () => t('file'),
  whatDiffers: () => t('compared'),
  knownOfJco: () => t('Known differences of jco'),
  about: () => t('How this was compared'),
  compareAgain: () => t('Compare Again'),
  chooseEngine: () => t('Choose Engine…'),
  moreFiles: (count: number) => t('{0} more', count),
  noEnd: () => t('did not start'),
};

/** What was compared, as a heading. */
export function comparisonTitle(name: string, { call }: EnginesReport): string {
  return call === null ? enginesText.run(name) : enginesText.call(call, name);
}

/** What a line of a difference begins with, by the outputs that have it, as `diffMarks` tells. */
export const diffMark = { both: ' ', jco: '-', wasmtime: '+' } as const;

/** Whether both did the same, as a sentence. */
export function enginesVerdict({ aspects, isSame, sides }: EnginesReport): string {
  const [jco, wasmtime] = [engineText(sides.jco.engine), engineText(sides.wasmtime.engine)];
  if (isSame) return t('{0} and {1} do the same.', jco, wasmtime);
  const named = (relation: ComparedAspect['relation']) =>
    aspects.filter((each) => each.relation === relation).map(({ aspect }) => aspectName(aspect));
  const different = named('different');
  return different.length === 0
    ? t(
        '{0} and {1} do the same where they can be compared; {2} cannot be.',
        jco,
        wasmtime,
        named('unknown').join(', '),
      )
    : t('{0} and {1} differ: {2}.', jco, wasmtime, different.join(', '));
}

/** The name of an aspect, for the head of a row. */
export function aspectName(aspect: Aspect): string {
  switch (aspect) {
    case 'outcome':
      return t('outcome');
    case 'exit-status':
      return t('exit status');
    case 'result':
      return t('result');
    case 'files':
      return t('files');
    case 'stdout':
    case 'stderr':
      return aspect;
  }
}

/** What the comparison of an aspect gave. */
export function relationText({ relation, varies }: Omit<ComparedAspect, 'aspect'>): string {
  if (varies.length > 0) return t('cannot be compared: it differs from run to run on {0}', varies.join(', '));
  if (relation === 'unknown') return t('cannot be compared');
  return relation === 'same' ? t('same') : t('different');
}

/** How a turn ended, in a few words. */
export function turnEndText(end: TurnEnd): string {
  return end.type === 'not-started' ? enginesText.noEnd() : describeOutcome(end);
}

/** Why there was no start, one sentence for each engine on which there was none. */
export function notStartedTexts({ sides }: EnginesReport): readonly string[] {
  return Object.values(sides).flatMap(({ engine, first: { end } }) =>
    end.type === 'not-started'
      ? [t('On {0} it cannot start: {1}.', engineText(engine), startFailureText(end.failure))]
      : [],
  );
}

/** What a difference of jco is, as a sentence. */
export function jcoDifferenceText(difference: JcoDifference): string {
  switch (difference) {
    case 'capital-letters':
      return t('jco takes no names with capitals.');
    case 'unsafe-names':
      return t('jco does not escape names that could be code, so they are refused.');
    case 'promise-integration':
      return t('WASI 0.3 on jco needs JavaScript Promise Integration: Node 24 or later.');
    case 'exceptions':
      return t('jco does not translate exceptions.');
    case 'memory64':
      return t('jco does not translate 64-bit memories that values are passed in.');
    case 'multiple-memories':
      return t('jco does not translate several memories in one module before Node 22.');
    case 'threads':
      return t('jco does not translate threads.');
    case 'gc':
      return t('jco does not pass values as objects of the GC proposal.');
    case 'exported-types':
      return t('jco does not translate components that export types themselves.');
    case 'calls-back':
      return t(
        'wasmtime traps at calls back into a component. jco lets some of them return, and fails in others.',
      );
    case 'engine-fault':
      return t('jco itself failed, not the component.');
    default:
      return assertNever(difference);
  }
}

/** How both were made, one sentence each. */
export function comparisonNotes({ sides, isOnCopies }: EnginesReport): readonly string[] {
  const isRepeated = sides.jco.again !== undefined || sides.wasmtime.again !== undefined;
  return [
    t(
      'Each engine has a fresh instance with the same grants and limits, and empty input unless that is a file.',
    ),
    ...(isRepeated
      ? [t('Each is made twice: the first time with the caches as they are, then with warm ones.')]
      : []),
    ...(isOnCopies
      ? [t('Directories that can be written to are copied for each run. The originals are not touched.')]
      : []),
    t('Times are from the request for an instance to the end of its call.'),
    t('Peak memory is the most that was seen of the whole process. Only Linux tells it.'),
  ];
}

/** What became of a file on an engine. */
export function fileText(before: Entry | undefined, after: Entry | undefined): string {
  if (after === undefined) return before === undefined ? t('not there') : t('deleted');
  const what = entryText(after);
  if (before === undefined) return t('created, {0}', what);
  return isSameEntry(before, after) ? t('unchanged') : t('changed, {0}', what);
}

function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'file':
      return formatBytes(entry.bytes);
    case 'link':
      return t('link to {0}', entry.target);
    case 'directory':
      return t('directory');
    case 'other':
      return t('cannot be read');
  }
}

/** Why there are no lines for outputs that differ; null where there are. */
export function noLinesText(diff: OutputDiff): string | null {
  switch (diff.type) {
    case 'lines':
      return null;
    case 'same-text':
      return t('The beginnings are the same text. They differ in bytes that are no text, or later.');
    case 'too-different':
      return t('They have too little in common for a comparison by line.');
  }
}

/** Says that a difference beyond the kept beginning is not shown. */
export function diffCutText(): string {
  return t('Only the beginnings are compared by line.');
}

/** Why there is no comparison, and what to do. Null for one that the user has ended. */
export function enginesErrorText(error: EnginesError): UserErrorText | null {
  switch (error.type) {
    case 'text':
      return [t('The call cannot be made: {0}', waveErrorText(error.error)), t('Correct it and try again.')];
    case 'no-wasmtime':
      return [t('The engines cannot be compared: {0}.', startFailureText(error.failure)), getWasmtimeText()];
    case 'directory-too-large':
      return [
        t(
          '{0} is too large to be compared: guests that can write to it get a copy for each run, of at most {1} files and {2}.',
          error.host,
          copyLimits.entries,
          formatBytes(copyLimits.bytes),
        ),
        t('Grant a smaller directory.'),
      ];
    case 'directory-unreadable':
      return [t('{0} cannot be copied: {1}', error.host, error.words), t('Grant another directory.')];
    case 'interrupted':
      return null;
  }
}
