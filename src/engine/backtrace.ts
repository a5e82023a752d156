import type { Frame } from '../instance/call';

/** A frame of the guest's stack as the JS engine tells it, before its module is known. */
export interface RawFrame {
  readonly func?: string;
  readonly funcIndex: number;
  readonly offset: number;
  /** The JS engine's name for the module: the same for frames of one module. */
  readonly script: string;
}

/** Takes the WebAssembly frames out of a JS stack, innermost first. JS frames between them, those of the glue, are left out. */
export function parseStack(stack: string): readonly RawFrame[] {
  const frame = /^\s+at (?:(.*?) \()?(wasm:\/\/wasm\/[^\s:)]*):wasm-function\[(\d+)\]:0x([0-9a-f]+)\)?$/;
  return stack.split('\n').flatMap((line): RawFrame[] => {
    const [, func, script = '', funcIndex = '', offset = ''] = frame.exec(line) ?? [];
    if (script === '') return [];
    const named = func === undefined || func === '' ? {} : { func };
    return [{ ...named, script, funcIndex: Number(funcIndex), offset: Number.parseInt(offset, 16) }];
  });
}

/** The frames of a stack, with every one taken to be of the first module. */
export function framesOf(stack: string): readonly Frame[] {
  return parseStack(stack).map(({ func, funcIndex, offset }) => ({
    ...(func === undefined ? {} : { func }),
    funcIndex,
    offset,
    module: 0,
  }));
}
