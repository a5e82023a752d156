import type { ByteReader } from './bytes';
import { takeValueType as takeCoreValueType } from './core-types';
import { malformed } from './decode-error';
import { takeResults } from './decode-value-types';
import type { CanonOptions, CoreAlias, CoreFuncDef } from './definitions';
import { at, type ComponentScope } from './scope';
import { typeAt } from './type-scope';
import type { TypeDef } from './types';

/** Takes one canonical definition (Binary.md, `canon`), and adds the function that it makes. */
export function takeCanon(reader: ByteReader, scope: ComponentScope): void {
  const start = reader.offset;
  const code = reader.u8();
  if (code === 0x00) {
    if (reader.u8() !== 0) throw malformed('an unknown form of lift', start);
    const coreFunc = at(scope.coreFuncs, reader, 'core function');
    const options = takeOptions(reader, scope);
    scope.component.canonical.async ||= options.async;
    scope.component.canonical.stackful ||= options.async && options.callback === null;
    const { type } = typeAt(scope, reader.u32(), start);
    if (type.kind !== 'func') throw malformed('a lift whose type is not the type of a function', start);
    scope.funcs.push({ kind: 'lift', coreFunc, options, type: type.type });
    return;
  }
  scope.coreFuncs.push(takeCoreFunc(code, reader, scope, start));
}

function takeCoreFunc(code: number, reader: ByteReader, scope: ComponentScope, start: number): CoreFuncDef {
  if (code === 0x01) {
    if (reader.u8() !== 0) throw malformed('an unknown form of lower', start);
    const func = at(scope.funcs, reader, 'function');
    const options = takeOptions(reader, scope);
    scope.component.canonical.async ||= options.async;
    return { kind: 'lower', func, options };
  }
  const builtin = BUILTINS[code];
  if (builtin === undefined) throw malformed('an unknown canonical function', start);
  const [name, immediates] = builtin;
  scope.component.canonical.builtins.add(name);
  let type: TypeDef | null = null;
  let slot = 0;
  for (const immediate of immediates) {
    switch (immediate) {
      case 'type':
        type = typeAt(scope, reader.u32(), start).type;
        break;
      case 'flag':
        reader.u8();
        break;
      case 'index':
        slot = reader.u32();
        break;
      case 'core-type':
        takeCoreValueType(reader);
        break;
      case 'options':
        takeOptions(reader, scope);
        break;
      case 'results':
        takeResults(reader, scope);
        break;
    }
  }
  return { kind: 'builtin', name, type, slot };
}

type Immediate = 'type' | 'flag' | 'index' | 'core-type' | 'options' | 'results';

const BUILTINS: Readonly<Partial<Record<number, readonly [string, readonly Immediate[]]>>> = {
  0x02: ['resource.new', ['type']],
  0x03: ['resource.drop', ['type']],
  0x04: ['resource.rep', ['type']],
  0x05: ['task.cancel', []],
  0x06: ['subtask.cancel', ['flag']],
  0x07: ['resource.drop', ['type']], // async, of earlier drafts of 0.3
  0x08: ['backpressure.set', []], // of earlier drafts of 0.3
  0x09: ['task.return', ['results', 'options']],
  0x0a: ['context.get', ['core-type', 'index']],
  0x0b: ['context.set', ['core-type', 'index']],
  0x0c: ['thread.yield', ['flag']],
  0x0d: ['subtask.drop', []],
  0x0e: ['stream.new', ['type']],
  0x0f: ['stream.read', ['type', 'options']],
  0x10: ['stream.write', ['type', 'options']],
  0x11: ['stream.cancel-read', ['type', 'flag']],
  0x12: ['stream.cancel-write', ['type', 'flag']],
  0x13: ['stream.drop-readable', ['type']],
  0x14: ['stream.drop-writable', ['type']],
  0x15: ['future.new', ['type']],
  0x16: ['future.read', ['type', 'options']],
  0x17: ['future.write', ['type', 'options']],
  0x18: ['future.cancel-read', ['type', 'flag']],
  0x19: ['future.cancel-write', ['type', 'flag']],
  0x1a: ['future.drop-readable', ['type']],
  0x1b: ['future.drop-writable', ['type']],
  0x1c: ['error-context.new', ['options']],
  0x1d: ['error-context.debug-message', ['options']],
  0x1e: ['error-context.drop', []],
  0x1f: ['waitable-set.new', []],
  0x20: ['waitable-set.wait', ['flag', 'index']],
  0x21: ['waitable-set.poll', ['flag', 'index']],
  0x22: ['waitable-set.drop', []],
  0x23: ['waitable.join', []],
  0x24: ['backpressure.inc', []],
  0x25: ['backpressure.dec', []],
  0x26: ['thread.index', []],
  0x27: ['thread.new-indirect', ['index', 'index']],
  0x28: ['thread.resume-later', []],
  0x29: ['thread.suspend', ['flag']],
  0x2a: ['thread.suspend-then-resume', ['flag']],
  0x2b: ['thread.yield-then-resume', ['flag']],
  0x2c: ['thread.suspend-then-promote', ['flag']],
  0x2d: ['thread.yield-then-promote', ['flag']],
  0x40: ['thread.spawn-ref', ['index']],
  0x41: ['thread.spawn-indirect', ['index', 'index']],
  0x42: ['thread.available-parallelism', []], // without the flag of Binary.md, as wasm-tools writes them
};

function takeOptions(reader: ByteReader, scope: ComponentScope): CanonOptions {
  const options = { ...NO_OPTIONS };
  for (let left = reader.count(); left > 0; left--) {
    const start = reader.offset;
    const code = reader.u8();
    switch (code) {
      case 0x00:
      case 0x01:
      case 0x02:
        options.stringEncoding = (['utf8', 'utf16', 'latin1+utf16'] as const)[code];
        break;
      case 0x03:
        options.memory = at(scope.coreMemories, reader, 'core memory');
        scope.component.canonical.memories.add(options.memory);
        break;
      case 0x04:
        options.realloc = at(scope.coreFuncs, reader, 'core function');
        break;
      case 0x05:
        options.postReturn = at(scope.coreFuncs, reader, 'core function');
        break;
      case 0x06:
        options.async = true;
        break;
      case 0x07:
        options.callback = at(scope.coreFuncs, reader, 'core function');
        break;
      case 0x08: // the core type of the function, of the GC proposal
        reader.u32();
        break;
      case 0x09:
        scope.component.canonical.gc = true;
        break;
      default:
        throw malformed('an unknown canonical option', start);
    }
  }
  return options;
}

const NO_OPTIONS: { -readonly [K in keyof CanonOptions]: CanonOptions[K] } = {
  stringEncoding: 'utf8',
  async: false,
  memory: null as CoreAlias | null,
  realloc: null,
  postReturn: null,
  callback: null,
};
