import { structuredPatch } from 'diff';
import type { Captured } from './captured';

/** A line of a diff: of both, of the first alone, of the second alone. */
export interface DiffLine {
  readonly in: 'both' | 'jco' | 'wasmtime';
  readonly text: string;
}

/** Lines that differ, with those around them. Line numbers count from 1. */
export interface DiffHunk {
  readonly jcoLine: number;
  readonly wasmtimeLine: number;
  readonly lines: readonly DiffLine[];
}

/** How two outputs differ. */
export type OutputDiff =
  /** `isCut`: beyond what was kept they may differ, too. */
  | { readonly type: 'lines'; readonly hunks: readonly DiffHunk[]; readonly isCut: boolean }
  /** What was kept is the same text: they differ in bytes that are no text, or beyond it. */
  | { readonly type: 'same-text' }
  /** There is too little in common. */
  | { readonly type: 'too-different' };

/** Lines around those that differ. */
const context = 3;

/** More edits than this, or a longer search in ms, and a diff would say nothing. */
const limits = { maxEditLength: 2000, timeout: 1000 } as const;

/** Compares two outputs by line. Null where all of their bytes are the same. */
export function diffOutputs(jco: Captured, wasmtime: Captured): OutputDiff | null {
  if (jco.sha256 === wasmtime.sha256) return null;
  if (jco.text === wasmtime.text) return { type: 'same-text' };
  const patch = structuredPatch('', '', jco.text, wasmtime.text, undefined, undefined, {
    context,
    ...limits,
  });
  if (patch === undefined) return { type: 'too-different' };
  const hunks = patch.hunks.map(({ oldStart, newStart, lines }) => ({
    jcoLine: oldStart,
    wasmtimeLine: newStart,
    lines: lines.flatMap(lineOf),
  }));
  return { type: 'lines', hunks, isCut: jco.isCut || wasmtime.isCut };
}

const owners: Readonly<Record<string, DiffLine['in']>> = { ' ': 'both', '-': 'jco', '+': 'wasmtime' };

/** The line of a patch; none for its note about a missing end of line. */
function lineOf(line: string): readonly DiffLine[] {
  const owner = owners[line.charAt(0)];
  return owner === undefined ? [] : [{ in: owner, text: line.slice(1) }];
}
