import type { CodeLocation } from '../component/code-location';
import { t } from './t';

/** Names a place in code: ``` `_start` (function 12 of core module 0) at 0x2f1, main.c:3 ```. */
export function describePlace(place: CodeLocation): string {
  const { func, funcIndex, module } = place;
  const at = offsetAndLine(place);
  return func === undefined
    ? t('function {0} of core module {1} at {2}', funcIndex, module, at)
    : t('`{0}` (function {1} of core module {2}) at {3}', func, funcIndex, module, at);
}

/** The name of the function that a place is in: `_start`, or "function 12". */
export function nameOf({ func, funcIndex }: CodeLocation): string {
  return func ?? t('function {0}', funcIndex);
}

/** `0x2f1, main.c:3`, or the offset alone where no source line is known. */
export function offsetAndLine({ offset, source }: CodeLocation): string {
  const hex = `0x${offset.toString(16)}`;
  return source === undefined ? hex : `${hex}, ${baseName(source.file)}:${String(source.line)}`;
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
