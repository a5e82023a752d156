import type { CoreModule } from './core-module';

/** A line of a source file. Lines count from 1. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** Finds the source line of an offset in a core module; null where none is known. */
export type LineTable = (codeOffset: number) => SourceLine | null;

/** The line table of a core module. */
export function lineTable(_module: CoreModule): LineTable {
  return () => null;
}
