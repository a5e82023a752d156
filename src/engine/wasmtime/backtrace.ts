import { readFile } from 'node:fs/promises';
import { defined } from '../../base/defined';
import type { CodeLocation } from '../../component/code-location';
import type { CoreModule } from '../../component/core-module';
import { DecodeError } from '../../component/decode-error';
import { demangle } from '../../component/demangle';
import { lineTable } from '../../component/dwarf-lines';
import { readComponent } from '../../component/read-component';
import type { WordsFrame } from './own-words';

/**
 * The frames of wasmtime's backtrace with their modules, functions and source lines, found by our own reader as on other engines. wasmtime
 * gives an offset in the whole file; its own names and lines (`WASMTIME_BACKTRACE_DETAILS`) are not asked for, since names may hold anything.
 */
export async function locate(path: string, frames: readonly WordsFrame[]): Promise<readonly CodeLocation[]> {
  if (frames.length === 0) return [];
  const component = readComponent(await readFile(path));
  const modules = component.ok ? component.value.modules : [];
  return frames.flatMap((frame) => {
    const module = modules.find(({ start, end }) => start <= frame.offset && frame.offset < end);
    return module === undefined ? [] : [locationIn(module, frame)];
  });
}

function locationIn(module: CoreModule, { offset, name }: WordsFrame): CodeLocation {
  const funcIndex = functionAt(module, offset);
  const inModule = offset - module.start;
  const func = orUndefined(() => module.funcName(funcIndex)) ?? demangle(name.slice(name.indexOf('!') + 1));
  const source = orUndefined(() => lineTable(module)(inModule));
  return {
    module: module.number,
    funcIndex,
    offset: inModule,
    func,
    ...defined({ source }),
  };
}

/** The index of the function whose body holds an offset of the file. */
function functionAt(module: CoreModule, offset: number): number {
  const imported = orUndefined(() => module.imported.func) ?? 0;
  let low = 0;
  let high = (orUndefined(() => module.bodyCount) ?? 0) - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((module.body(imported + middle)?.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return imported + low;
}

/** Names and debug information that cannot be read are as good as none. */
function orUndefined<T>(read: () => T | null): T | undefined {
  try {
    return read() ?? undefined;
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
