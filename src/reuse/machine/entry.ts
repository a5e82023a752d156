import type { Unfollowed } from './trap';
import type { Trap } from '../../component/trap';
import { coreFuncOf } from '../../component/link';
import type { LinkedCoreItem, LinkedFunc } from '../../component/linked';
import type { Budget, Place } from './event';
import { Execution } from './execution';
import type { Observer } from './access';
import { respond, type Task } from './respond';
import type { FuncRef, MachineState, Value } from './state';

export type LiftedFunc = Extract<LinkedFunc, { kind: 'lift' }>;

/** What a call of a component's function comes to next. */
export type EntryEvent =
  | { readonly type: 'returned' }
  | { readonly type: 'trapped'; readonly trap: Trap; readonly stack: readonly Place[] }
  | { readonly type: 'exited'; readonly stack: readonly Place[] }
  /** The host is asked for something; `simulate` answers for it, and is null if nothing can. */
  | {
      readonly type: 'host-call';
      readonly name: string;
      readonly stack: readonly Place[];
      readonly simulate: (() => void) | null;
    }
  | { readonly type: 'stopped'; readonly why: Unfollowed; readonly stack: readonly Place[] };

/** One call of a lifted function that takes no parameters: sync, async with a callback, or async without one. */
export class Entry {
  readonly #machine: MachineState;
  readonly #lifted: LiftedFunc;
  readonly #budget: Budget;
  readonly #observer: Observer | null;
  readonly #task: Task = { context: [] };
  #execution: Execution;

  constructor(machine: MachineState, lifted: LiftedFunc, budget: Budget, observer: Observer | null = null) {
    this.#machine = machine;
    this.#lifted = lifted;
    this.#budget = budget;
    this.#observer = observer;
    this.#execution = this.#execute(functionOf(lifted, machine), []);
  }

  /** Runs to the next event. Calls that the component model answers itself are not events. */
  next(): EntryEvent {
    for (;;) {
      const event = this.#execution.run();
      switch (event.type) {
        case 'trapped':
        case 'stopped':
          return event;
        case 'returned': {
          const end = this.#afterReturn(event.results);
          if (end !== null) return end;
          break;
        }
        case 'call-out': {
          const response = respond(event, this.#machine, this.#task, this.#budget);
          const { stack } = event;
          if (response.type === 'unknown') return { type: 'stopped', why: response.why, stack };
          if (response.type === 'exit') return { type: 'exited', stack };
          if (response.type === 'host') {
            const { results } = response;
            const simulate =
              results === null
                ? null
                : () => {
                    this.#execution.answer(results);
                  };
            return { type: 'host-call', name: response.name, stack, simulate };
          }
          this.#execution.answer(response.results);
          break;
        }
      }
    }
  }

  /** The instruction that is being carried out. */
  place(): Place | null {
    return this.#execution.place();
  }

  /** An async function with a callback returns what it waits for: nothing more, a turn, or an event. */
  #afterReturn(results: readonly Value[]): EntryEvent | null {
    const { async, callback } = this.#lifted.options;
    if (!async || callback === null) return { type: 'returned' };
    const [code] = results;
    if (typeof code !== 'number' || (code & 0xf) === EXIT) return { type: 'returned' };
    if ((code & 0xf) !== YIELD) {
      return { type: 'host-call', name: 'an event that it waits for', stack: [], simulate: null };
    }
    const item = coreFuncOf(callback, this.#lifted.owner);
    this.#execution = this.#execute(resolve(item, this.#machine), [0, 0, 0]);
    return null;
  }

  #execute(func: FuncRef, args: readonly Value[]): Execution {
    return new Execution(this.#machine, func, args, this.#budget, this.#observer);
  }
}

/** Continues a call past its host calls, which are answered with defaults, to its end if it has one. */
export function simulateRest(entry: Entry, event: EntryEvent): EntryEvent {
  let current = event;
  while (current.type === 'host-call' && current.simulate !== null) {
    current.simulate();
    current = entry.next();
  }
  return current;
}

const EXIT = 0;
const YIELD = 1;

/** The core function that a lifted function is made of. */
export function functionOf(lifted: LiftedFunc, machine: MachineState): FuncRef {
  return resolve(coreFuncOf(lifted.coreFunc, lifted.owner), machine);
}

function resolve(item: LinkedCoreItem, machine: MachineState): FuncRef {
  if (item.kind !== 'defined') return item;
  const instance = machine.instances.get(item.instance);
  return instance === undefined ? { kind: 'unknown' } : { kind: 'defined', instance, index: item.index };
}
