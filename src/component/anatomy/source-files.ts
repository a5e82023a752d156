import type { CoreModule } from '../core-module';
import { eachRow, type LineUnit } from '../dwarf-line-program';
import { lineUnits, sourcePath } from '../dwarf-lines';
import { orNull } from '../optional';
import type { ScannedFunctions } from './scan-functions';

/** The source file of a module's function by its place among the bodies; null where it is not known. */
export type SourceFiles = (body: number) => string | null;

/**
 * Finds the source files that functions were written in, from the line tables of the debug information: each line program is run once. The file
 * of a function is that of the first line in it.
 */
export function sourceFiles(module: CoreModule, functions: ScannedFunctions): SourceFiles {
  const { codeStart } = module;
  if (codeStart === null || module.customSection('.debug_line') === null) return () => null;
  const paths: string[] = [];
  const files = new Int32Array(functions.count).fill(-1);
  orNull(() => {
    for (const { unit, directory } of lineUnits(module)) {
      orNull(() => {
        assignFiles(unit, { functions, codeStart, files, paths, directory });
      });
    }
  });
  return (body) => paths[files[body] ?? -1] ?? null;
}

interface Assignment {
  readonly functions: ScannedFunctions;
  readonly codeStart: number;
  /** The place in `paths` of the file of each function, -1 where none is known yet. */
  readonly files: Int32Array;
  readonly paths: string[];
  readonly directory: string;
}

function assignFiles(unit: LineUnit, { functions, codeStart, files, paths, directory }: Assignment): void {
  const known = new Map<number, number>();
  const pathOf = (file: number) => {
    let place = known.get(file);
    if (place === undefined) {
      const path = sourcePath(unit, file, directory);
      place = path === null ? -1 : paths.push(path) - 1;
      known.set(file, place);
    }
    return place;
  };
  let body = -1;
  eachRow(unit, ({ address, file, line }, ends) => {
    const offset = codeStart + address;
    if (body < 0 || offset >= (functions.ends[body] ?? 0) || offset < (functions.starts[body] ?? 0))
      body = bodyAt(functions, offset);
    if (body >= 0 && line > 0 && !ends && files[body] === -1) files[body] = pathOf(file);
    return true;
  });
}

/** The body that an offset lies in, -1 for none. */
function bodyAt({ starts, ends, count }: ScannedFunctions, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low > 0 && offset < (ends[low - 1] ?? 0) ? low - 1 : -1;
}
