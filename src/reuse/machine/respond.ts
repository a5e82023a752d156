import type { Unfollowed } from './trap';
import { coreAliasOf, coreFuncOf } from '../../component/link';
import type { LinkedCanon, LinkedCoreItem, LinkedFunc } from '../../component/linked';
import { isPreview1 } from '../../component/preview1';
import { defaultAnswer } from './default-values';
import type { Budget, Event } from './event';
import { preview1Answer } from './preview1-answers';
import { Execution } from './execution';
import type { LinearMemory } from './memory';
import type { MachineState, Value } from './state';

/** What one task of the component model keeps: the slots of `context.get` and `context.set`. */
export interface Task {
  readonly context: number[];
}

/** What a call out of the component's code comes to. */
export type Response =
  /** The component model answers it without the host: it is part of what the code does by itself. */
  | { readonly type: 'local'; readonly results: readonly Value[] }
  /** Only the host (or another component) could answer; `results` are a simulation's, null if that has none. */
  | { readonly type: 'host'; readonly name: string; readonly results: readonly Value[] | null }
  | { readonly type: 'exit' }
  | { readonly type: 'unknown'; readonly why: Unfollowed };

type CallOut = Extract<Event, { type: 'call-out' }>;

/** Answers a call of a canonical function. `budget` is for guest code that an answer needs: its allocator. */
export function respond(event: CallOut, machine: MachineState, task: Task, budget: Budget): Response {
  const { target } = event;
  if (target.kind === 'builtin') return respondToBuiltin(target, event, machine, task);
  if (target.kind === 'lower') return respondToLower(target, event, machine, budget);
  return { type: 'unknown', why: { type: 'unknown-function' } };
}

function respondToLower(
  { func, owner, options }: Extract<LinkedCanon, { kind: 'lower' }>,
  { args, signature }: CallOut,
  machine: MachineState,
  budget: Budget,
): Response {
  const name = nameOf(func);
  if (/^wasi:cli\/exit@[^#]*#exit|^wasi_\w+#proc_exit$/.test(name)) return { type: 'exit' };
  const type = func.kind === 'unknown' ? null : func.type;
  if (type === null || signature === null) return { type: 'host', name, results: null };
  const memory =
    options.memory === null ? null : memoryAt(coreAliasOf(options.memory, 'memory', owner), machine);
  if (func.kind === 'host' && func.interface !== null && isPreview1(func.interface))
    return { type: 'host', name, results: preview1Answer(func.name, args, memory) };
  if (RANDOM_BYTES.test(name) && options.realloc !== null) {
    const realloc = coreFuncOf(options.realloc, owner);
    return { type: 'host', name, results: giveBytes(realloc, args, memory, machine, budget) };
  }
  const lowering = { async: options.async, signature, memory };
  return {
    type: 'host',
    name,
    results: defaultAnswer(name, type, lowering, args, () => machine.nextHandle++),
  };
}

/** Guests insist on getting as many random bytes as they asked for; an empty list will not do. */
const RANDOM_BYTES = /#get-(insecure-)?random-bytes$/;
const MOST_BYTES = 4096n;

/** Zeros, in memory that the guest's allocator gives, for `func(len: u64) -> list<u8>`. */
function giveBytes(
  realloc: LinkedCoreItem,
  [length, pointer]: readonly Value[],
  memory: LinearMemory | null,
  machine: MachineState,
  budget: Budget,
): readonly Value[] | null {
  if (typeof length !== 'bigint' || typeof pointer !== 'number' || memory === null) return null;
  if (length < 0n || length > MOST_BYTES || !memory.has(pointer >>> 0, 8)) return null;
  if (realloc.kind !== 'defined') return null;
  const instance = machine.instances.get(realloc.instance);
  if (instance === undefined) return null;
  const size = Number(length);
  const func = { kind: 'defined', instance, index: realloc.index } as const;
  const event = new Execution(machine, func, [0, 0, 1, size], budget).run();
  const [at] = event.type === 'returned' ? event.results : [];
  if (typeof at !== 'number' || !memory.has(at >>> 0, size)) return null;
  for (let index = 0; index < size; index++) memory.setByte((at >>> 0) + index, 0);
  memory.store(pointer >>> 0, 4, at);
  memory.store((pointer >>> 0) + 4, 4, size);
  return [];
}

function memoryAt(item: LinkedCoreItem, machine: MachineState): LinearMemory | null {
  if (item.kind !== 'defined') return null;
  return machine.instances.get(item.instance)?.memories[item.index] ?? null;
}

function nameOf(func: LinkedFunc): string {
  switch (func.kind) {
    case 'host':
      return func.interface === null ? func.name : `${func.interface}#${func.name}`;
    case 'lift':
      return 'another component';
    case 'unknown':
      return 'an unknown function';
  }
}

/** Built-ins that return nothing and do nothing that a later call could notice. */
const withoutEffect: ReadonlySet<string> = new Set([
  'resource.drop',
  'task.return',
  'backpressure.set',
  'backpressure.inc',
  'backpressure.dec',
  'waitable.join',
  'waitable-set.drop',
  'subtask.drop',
  'stream.drop-readable',
  'stream.drop-writable',
  'future.drop-readable',
  'future.drop-writable',
  'error-context.drop',
]);

function respondToBuiltin(
  { def }: Extract<LinkedCanon, { kind: 'builtin' }>,
  { args, signature }: CallOut,
  machine: MachineState,
  task: Task,
): Response {
  const [first = 0, second = 0] = args.map((arg) => (typeof arg === 'number' ? arg : 0));
  if (withoutEffect.has(def.name)) return local();
  switch (def.name) {
    case 'resource.new': {
      const handle = machine.nextHandle++;
      machine.handles.set(handle, first);
      return local(handle);
    }
    case 'resource.rep': {
      const representation = machine.handles.get(first);
      return representation === undefined
        ? { type: 'unknown', why: { type: 'unknown-resource' } }
        : local(representation);
    }
    case 'context.get':
      return local(task.context[def.slot] ?? 0);
    case 'context.set':
      task.context[def.slot] = first;
      return local();
    case 'waitable-set.new':
      return local(machine.nextHandle++);
    case 'stream.new':
    case 'future.new': {
      const readable = machine.nextHandle++;
      const writable = machine.nextHandle++;
      return local((BigInt(writable) << 32n) | BigInt(readable));
    }
    case 'thread.yield':
      return local(0);
    // The other end of a stream is the host's: it takes all that is written, and has nothing to read.
    case 'stream.write':
      return {
        type: 'host',
        name: def.name,
        results: [(typeof args[2] === 'number' ? args[2] : second) << 4],
      };
    case 'stream.read':
      return { type: 'host', name: def.name, results: [1] };
    case 'future.write':
    case 'future.read':
      return { type: 'host', name: def.name, results: [0] };
    default:
      return { type: 'host', name: def.name, results: signature?.results.length === 0 ? [] : null };
  }
}

function local(...results: readonly Value[]): Response {
  return { type: 'local', results };
}
