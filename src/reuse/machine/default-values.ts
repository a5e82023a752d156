import {
  alignTo,
  casesOf,
  discriminantSize,
  flatCount,
  layoutOf,
  payloadOffset,
} from '../../component/canonical-abi';
import type { FuncType, ValueType } from '../../component/types';
import { CORE_TYPES, type CoreFuncType } from '../../component/core-types';
import type { LinearMemory } from './memory';
import type { Value } from './state';

/** What a host that has nothing to give would answer; see `defaultAnswer`. */
interface HostDefaults {
  /** The number given for every u64: how much may be written, a time, a size. */
  readonly wide: number;
  /** Whether a `result` is its error case. */
  readonly fails: boolean;
}

/**
 * The core results of a call of a host function that answers with defaults: zeros, empty lists, `none`, `ok`, the
 * first case, fresh handles. Results that do not fit into one core value are written to memory as the canonical ABI
 * says. Null if the call does not look as its type says.
 */
export function defaultAnswer(
  name: string,
  type: FuncType,
  lowering: {
    readonly async: boolean;
    readonly signature: CoreFuncType;
    readonly memory: LinearMemory | null;
  },
  args: readonly Value[],
  newHandle: () => number,
): readonly Value[] | null {
  const { async, signature, memory } = lowering;
  const { result } = type;
  const wishes = hostDefaultsFor(name);
  const viaMemory = result !== null && (async || flatCount(result) > 1);
  if (viaMemory) {
    const pointer = args.at(-1);
    if (memory === null || typeof pointer !== 'number') return null;
    if (!memory.has(pointer >>> 0, layoutOf(result).size)) return null;
    writeDefault(result, memory, pointer >>> 0, wishes, newHandle);
  }
  // An async lowering gives the state of the subtask: 2, it has returned.
  if (async) return [2];
  if (result === null || viaMemory) return signature.results.map(zeroOf);
  const [coreType] = signature.results;
  if (coreType === undefined) return null;
  if (result.kind === 'own' || result.kind === 'borrow') return [newHandle()];
  if (result.kind === 'result') return [wishes.fails ? 1 : 0];
  if (result.kind === 'u64') return [BigInt(wishes.wide)];
  return [zeroOf(coreType)];
}

/** Input ends at once, output is taken in large portions; every other number is 0. */
function hostDefaultsFor(name: string): HostDefaults {
  if (name.endsWith('output-stream.check-write')) return { wide: 1 << 20, fails: false };
  if (/input-stream\.(blocking-)?(read|skip)$/.test(name)) return { wide: 0, fails: true };
  return { wide: 0, fails: false };
}

function zeroOf(coreType: number): Value {
  return coreType === CORE_TYPES.i64 ? 0n : 0;
}

function writeDefault(
  type: ValueType,
  memory: LinearMemory,
  at: number,
  wishes: HostDefaults,
  newHandle: () => number,
): void {
  const { size, align } = layoutOf(type);
  for (let index = 0; index < size; index++) memory.setByte(at + index, 0);
  switch (type.kind) {
    case 'u64':
      memory.store(at, 4, wishes.wide);
      break;
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
      memory.store(at, 4, newHandle());
      break;
    case 'string':
    case 'list':
    case 'map':
      // An empty list has an address too; languages do not like it to be null.
      if (type.kind !== 'list' || type.length === null) memory.store(at, 4, Math.max(8, align));
      break;
    case 'record':
    case 'tuple': {
      const parts = type.kind === 'tuple' ? type.elements : type.fields.map((field) => field.type);
      let offset = 0;
      for (const part of parts) {
        const layout = layoutOf(part);
        offset = alignTo(offset, layout.align);
        writeDefault(part, memory, at + offset, wishes, newHandle);
        offset += layout.size;
      }
      break;
    }
    case 'result':
    case 'variant':
    case 'enum':
    case 'option': {
      const cases = casesOf(type);
      // The error of a stream that has ended is `closed`, the last case.
      const chosen = type.kind === 'result' && wishes.fails ? 1 : defaultCase(type, wishes);
      memory.store(at, discriminantSize(cases.length), chosen);
      const payload = cases[chosen] ?? null;
      if (payload !== null) writeDefault(payload, memory, at + payloadOffset(cases), wishes, newHandle);
      break;
    }
    default:
      break;
  }
}

function defaultCase(type: ValueType, wishes: HostDefaults): number {
  return wishes.fails && type.kind === 'variant' ? type.cases.length - 1 : 0;
}
