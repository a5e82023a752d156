import { readFile } from 'node:fs/promises';
import { ByteReader } from '../component/bytes';
import { CoreModule } from '../component/core-module';
import { DecodeError } from '../component/decode-error';
import { lineTable, type LineTable } from '../component/dwarf-lines';
import type { CodeLocation } from '../component/code-location';
import { filesOf, type Artifact } from './artifact-cache';
import { demangle } from '../component/demangle';
import { isGrowthGuard, originalOffset } from './grow-guard';

/** A frame of the guest's stack as the JS engine tells it, before its module is known. */
export interface RawFrame {
  readonly func?: string;
  readonly funcIndex: number;
  readonly offset: number;
  /** The JS engine's name for the module: the same for frames of one module. */
  readonly script: string;
}

/** So many frames are told of a trap, on any engine. Runners tell fewer; each frame is compared with all others. */
export const mostFrames = 256;

/** Where a guest trapped. */
export interface Backtrace {
  readonly frames: readonly CodeLocation[];
  /** Whether it trapped because a memory could not grow beyond the limit that it was given. */
  readonly outOfMemory: boolean;
}

/**
 * Takes the WebAssembly frames out of a JS stack, innermost first. JS frames between them, those of the glue,
 * are left out.
 */
export function parseStack(stack: string): readonly RawFrame[] {
  const frame = /^\s+at (?:(.*?) \()?(wasm:\/\/wasm\/[^\s:)]*):wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/;
  return stack.split('\n').flatMap((line): RawFrame[] => {
    const [, func, script = '', funcIndex = '', offset = ''] = frame.exec(line) ?? [];
    if (script === '') return [];
    const named = func === undefined || func === '' ? {} : { func };
    return [{ ...named, script, funcIndex: Number(funcIndex), offset: Number.parseInt(offset, 16) }];
  });
}

/**
 * Finds the frames' modules, functions and source lines. A module is known by its functions: the JS engine
 * names modules by a hash of its own, but a frame's function and offset fit together in hardly more than one
 * module, and all frames of a hash together in one.
 */
export async function backtraceOf(stack: string, artifact: Artifact): Promise<Backtrace> {
  const raw = parseStack(stack).slice(0, mostFrames);
  if (raw.length === 0) return { frames: [], outOfMemory: false };
  const modules = await modulesOf(artifact);
  const byScript = new Map<string, LoadedModule | undefined>();
  for (const { script } of raw) {
    if (byScript.has(script)) continue;
    const frames = raw.filter((frame) => frame.script === script);
    byScript.set(
      script,
      modules.find((module) => frames.every((frame) => contains(module.running, frame))),
    );
  }
  const frames = raw.map((frame) => resolve(frame, byScript.get(frame.script)));
  const first = raw[0];
  const innermost = first === undefined ? undefined : byScript.get(first.script);
  const outOfMemory =
    first !== undefined && innermost !== undefined && isGrowthGuard(innermost.original, first.funcIndex);
  return { frames: outOfMemory ? frames.slice(1) : frames, outOfMemory };
}

interface LoadedModule {
  readonly number: number;
  /** As the toolchain made it, and as it was run: with guards if memory was limited. */
  readonly original: CoreModule;
  readonly running: CoreModule;
  readonly lines: LineTable;
}

async function modulesOf(artifact: Artifact): Promise<readonly LoadedModule[]> {
  const originals = new Map(
    filesOf(artifact, 'original').map(({ name, path }) => [name.replace(/^original-/, ''), path]),
  );
  const loaded = filesOf(artifact, 'core').map(async ({ name, path }, number): Promise<LoadedModule> => {
    const running = new CoreModule(new ByteReader(await readFile(path)), number);
    const originalPath = originals.get(name);
    const original =
      originalPath === undefined
        ? running
        : new CoreModule(new ByteReader(await readFile(originalPath)), number);
    return { number, original, running, lines: tolerant(lineTable(original)) };
  });
  return await Promise.all(loaded);
}

function contains(module: CoreModule, { funcIndex, offset }: RawFrame): boolean {
  const body = module.body(funcIndex);
  return body !== null && body.start <= offset && offset < body.end;
}

function resolve(frame: RawFrame, module: LoadedModule | undefined): CodeLocation {
  const { funcIndex } = frame;
  const name = module?.original.funcName(funcIndex) ?? frame.func;
  const named = name === undefined ? {} : { func: demangle(name) };
  if (module === undefined) return { ...named, funcIndex, module: 0, offset: frame.offset };
  const { original, running } = module;
  const offset =
    original === running ? frame.offset : originalOffset(original, running, funcIndex, frame.offset);
  const source = module.lines(offset);
  return { ...named, funcIndex, module: module.number, offset, ...(source === null ? {} : { source }) };
}

/** Debug information that cannot be read is as good as none. */
function tolerant(lines: LineTable): LineTable {
  return (offset) => {
    try {
      return lines(offset);
    } catch (error) {
      if (error instanceof DecodeError) return null;
      throw error;
    }
  };
}
