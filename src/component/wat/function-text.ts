import type { CoreModule } from '../core-module';
import { orNull } from '../optional';
import { readCodeLines } from './code-lines';
import { headText, type WatNames } from './identifier';
import type { ModuleTypes } from './module-types';
import { listText } from './type-text';

/** How many bytes are shown of what is not known. */
const mostUnknownBytes = 32;

/**
 * The lines of a function that a module defines, as the text format has them inside of `(module …)`. What is not known, or too much, is a
 * comment at the end: its first bytes, and how many more there are. Null for another index.
 */
export function functionLines(
  module: CoreModule,
  index: number,
  { names, types }: { readonly names: WatNames; readonly types: ModuleTypes },
): readonly string[] | null {
  const range = orNull(() => module.body(index));
  if (range === null) return null;
  const { locals, lines, readTo } = readCodeLines(module.bytes, range, names, module.start);
  const type = types.ofFunction(index);
  const left = range.end - module.start - readTo;
  return [
    `(func ${headText(index, names.func(index))}${type === null ? '' : ` ${type}`}`,
    ...(locals.length === 0 ? [] : [`  ${listText('local', locals)}`]),
    ...lines.map(({ depth, text }) => `${'  '.repeat(Math.min(depth, deepest) + 1)}${text}`),
    ...(left === 0 ? [] : [`  ${bytesComment(module, readTo, left)}`]),
    ')',
  ];
}

/** Deeper blocks are not indented further: a hundred thousand nested ones would fill gigabytes with spaces. */
const deepest = 32;

function bytesComment(module: CoreModule, offset: number, count: number): string {
  const start = module.start + offset;
  const shown = module.bytes.subarray(start, start + Math.min(count, mostUnknownBytes));
  const bytes = [...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `(; @0x${offset.toString(16)}: ${bytes}${count > shown.length ? ` … +${String(count - shown.length)}` : ''} ;)`;
}
