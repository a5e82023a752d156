import type { CodeLocation } from '../component/code-location';
import type { StartFailure, StopReason } from '../component/outcome';
import type { Trap } from '../component/trap';
import { nameOf } from './code-location';
import type { EngineAbilities } from '../engine/backend';
import { getWasmtimeText } from './engine-lack';
import { describeStop, trapText } from './outcome';
import { needsWasmtime, startFailureText } from './start-failure';
import { t } from './t';
import { unsupportedText } from './unsupported';

/** Says that a guest asked for the network without having it. `who` names the instance: "hello.wasm #1". */
export function networkDeniedText(who: string): string {
  return t('{0} asked for the network, which it is not granted; --net grants it.', who);
}

/** Says that a call trapped. */
export function trappedText(who: string, trap: Trap): string {
  return t('{0} trapped: {1}', who, trapText(trap));
}

/** Says that an instance trapped before any call. */
export function trappedInStartText(who: string, trap: Trap): string {
  return t('{0} trapped while it was starting: {1}', who, trapText(trap));
}

/** Says why an instance was stopped. */
export function stoppedText(who: string, reason: StopReason): string {
  return reason.type === 'runner-died' || reason.type === 'import-ended'
    ? t('{0}: {1}', who, describeStop(reason))
    : t('{0} was {1}', who, describeStop(reason));
}

/** Says why no instance could be made of a file, and what to do where that is known. One sentence each. */
export function cannotStartTexts(
  file: string,
  failure: StartFailure,
  { takesModules }: Pick<EngineAbilities, 'takesModules'>,
): readonly string[] {
  return [
    t('{0} cannot start: {1}.', file, startFailureText(failure)),
    ...(failure.code === 'unsupported' ? failure.found.map(unsupportedText) : []),
    ...(needsWasmtime(failure) ? [getWasmtimeText()] : []),
    ...(failure.code === 'missing-imports' && takesModules
      ? [t('A JavaScript module can stand in for an import: --import INTERFACE=MODULE.')]
      : []),
  ];
}

/** The frames of a trap, one a line. A frame that a recursion repeats stands there once. */
export function frameLines(frames: readonly CodeLocation[]): readonly string[] {
  const lines: { text: string; times: number }[] = [];
  for (const frame of frames) {
    const text = frameText(frame);
    const last = lines.at(-1);
    if (last?.text === text) last.times += 1;
    else lines.push({ text, times: 1 });
  }
  return lines.map(({ text, times }) => (times === 1 ? text : t('{0}, {1} times', text, times)));
}

function frameText(frame: CodeLocation): string {
  const { offset, source } = frame;
  const hex = `0x${offset.toString(16)}`;
  return source === undefined
    ? `${nameOf(frame)} (${hex})`
    : t('{0} at {1} ({2})', nameOf(frame), `${source.file}:${String(source.line)}`, hex);
}

/** How far the work on several files is: "checked 2 of 5 files". */
export function checkedText(done: number, total: number): string {
  return t('checked {0} of {1} files', done, total);
}

/** Says which of several versions of run is called. */
export function otherRunsText(file: string, chosen: string, others: readonly string[]): string {
  return t('{0} exports several versions of run: calling {1}, not {2}', file, chosen, others.join(', '));
}

/** Says that an instance has ended before all runs with --same were made. */
export function runsNotMadeText(count: number): string {
  return count === 1
    ? t('The instance has ended, so 1 more run was not made. Without --same every run gets a fresh instance.')
    : t(
        'The instance has ended, so {0} more runs were not made. Without --same every run gets a fresh instance.',
        count,
      );
}

/** Says why a component's world cannot be printed. */
export function noInterfaceText(file: string, words: string): string {
  return t('The interface of {0} cannot be printed: {1}', file, words);
}
