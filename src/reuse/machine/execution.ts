import { DecodeError } from '../../component/decode-error';
import type { CoreFuncType } from '../../component/core-types';
import { KEY } from '../../component/opcodes';
import { accessAtomic, accessMemory, type Observer } from './access';
import { arithmetic } from './arithmetic';
import { carryOutMisc } from './bulk';
import { CallStack, placeOf, type Frame } from './call-stack';
import { decodeFunction, STRIDE, type Code } from './code';
import type { Budget, Event, Place } from './event';
import { MemoryBudgetError } from './memory';
import { popNumber } from './operands';
import type { FuncRef, MachineState, ModuleState, Value } from './state';
import { MachineTrap, Unsupported } from './trap';

/** What a call costs that the machine does not step through, so that a loop of them ends. */
const COST_OF_CALL_OUT = 20;

/** One call, stepped through instruction by instruction, on the state of a machine. */
export class Execution {
  readonly machine: MachineState;
  readonly #budget: Budget;
  readonly #observer: Observer | null;
  readonly #calls = new CallStack();
  #outgoing: Event | null = null;

  constructor(
    machine: MachineState,
    func: FuncRef,
    args: readonly Value[],
    budget: Budget,
    observer: Observer | null = null,
  ) {
    this.machine = machine;
    this.#budget = budget;
    this.#observer = observer;
    this.#calls.operands.push(...args);
    this.#guarded(() => {
      this.#budget.steps -= COST_OF_CALL_OUT;
      if (this.#budget.steps < 0) throw new Unsupported('too-many-steps');
      if (func.kind === 'defined') this.#enter(func.instance, func.index);
      else this.#outgoing = this.#callOut(func, null, null);
    });
  }

  /** Runs until something happens that the code alone does not decide. */
  run(): Event {
    if (this.#outgoing === null) this.#guarded(() => (this.#outgoing = this.#step()));
    return this.#outgoing ?? { type: 'stopped', why: { type: 'nothing-to-do' }, stack: [] };
  }

  /** Gives the results of the call that the last event was about. */
  answer(results: readonly Value[]): void {
    this.#calls.operands.push(...results);
    this.#outgoing = null;
  }

  /** The instruction that is being carried out. */
  place(): Place | null {
    const frame = this.#calls.top;
    return frame === undefined ? null : placeOf(frame);
  }

  /** Turns what the code may do wrong into an event. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#outgoing = this.#eventFor(error);
    }
  }

  #eventFor(error: unknown): Event {
    const stack = this.#calls.places();
    if (error instanceof MachineTrap) return { type: 'trapped', trap: error.trap, stack };
    if (error instanceof Unsupported) return { type: 'stopped', why: error.why, stack };
    if (error instanceof DecodeError)
      return { type: 'stopped', why: { type: 'malformed-code', problem: error.problem }, stack };
    if (error instanceof MemoryBudgetError)
      return { type: 'stopped', why: { type: 'too-much-memory' }, stack };
    throw error;
  }

  #callOut(target: FuncRef, signature: CoreFuncType | null, caller: ModuleState | null): Event {
    this.#budget.steps -= COST_OF_CALL_OUT;
    const { operands } = this.#calls;
    const count = signature?.params.length ?? operands.length;
    const args = operands.splice(Math.max(0, operands.length - count));
    return { type: 'call-out', target, args, signature, caller, stack: this.#calls.places() };
  }

  #enter(state: ModuleState, index: number): void {
    this.#calls.enter(state, index, this.#codeOf(state, index));
  }

  #codeOf(state: ModuleState, index: number): Code {
    let code = state.code.get(index);
    if (code === undefined) {
      code = decodeFunction(state.linked.module, index);
      state.code.set(index, code);
      this.#budget.steps -= Math.ceil((code?.size ?? 0) / 4);
    }
    if (code === null) throw new Unsupported('large-function');
    return code;
  }

  /** Calls a function of a module. An event if it is not code of the component. */
  #call(callee: FuncRef, signature: CoreFuncType | null, caller: ModuleState): Event | null {
    if (callee.kind !== 'defined') return this.#callOut(callee, signature, caller);
    this.#enter(callee.instance, callee.index);
    return null;
  }

  #callIndirect(frame: Frame, typeIndex: number, tableIndex: number, tail: boolean): Event | null {
    const { state } = frame;
    const table = state.tables[tableIndex];
    if (table === null || table === undefined) throw new Unsupported('unknown-table');
    const element = popNumber(this.#calls.operands) >>> 0;
    if (element >= table.elements.length) throw new MachineTrap('table-out-of-bounds');
    const callee = table.elements[element] ?? null;
    if (callee === null) throw new MachineTrap('bad-indirect-call');
    const wanted = state.linked.module.types[typeIndex] ?? null;
    if (callee.kind === 'defined') {
      const actual = callee.instance.linked.module.funcType(callee.index);
      if (!sameType(wanted, actual)) throw new MachineTrap('bad-indirect-call');
    }
    if (tail) this.#calls.leaveForTailCall(frame, wanted);
    return this.#call(callee, wanted, state);
  }

  #step(): Event {
    const calls = this.#calls;
    const stack = calls.operands;
    for (;;) {
      const frame = calls.top;
      if (frame === undefined) return { type: 'returned', results: stack.slice() };
      const { state, code } = frame;
      const { locals } = frame;
      const { ops } = code;
      // Instructions up to the next one that changes the frame.
      let sameFrame = true;
      while (sameFrame) {
        this.#budget.steps -= 1;
        if (this.#budget.steps < 0) throw new Unsupported('too-many-steps');
        const pc = frame.pc;
        frame.pc = pc + 1;
        const at = STRIDE * pc;
        const key = ops[at] ?? -1;
        const a = ops[at + 1] ?? 0;
        switch (key) {
          case 0x00:
            throw new MachineTrap('unreachable');
          case 0x01:
            break;
          case 0x02: // block
          case 0x03: // loop
          case 0x06: // try: nothing is ever thrown here
          case 0x1f: // try_table
            calls.openBlock(frame, a);
            break;
          case 0x04: {
            const condition = popNumber(stack);
            calls.openBlock(frame, a);
            if (condition === 0) frame.pc = code.blocks[a]?.otherwise ?? frame.pc;
            break;
          }
          case 0x05: // else, at the end of the first part
          case 0x07: // catch, likewise
          case 0x19:
            calls.closeBlock(frame);
            frame.pc = code.blocks[a]?.after ?? frame.pc;
            break;
          case 0x0b:
          case 0x18:
            if (ops[at + 2] === 1) {
              calls.leave(frame);
              sameFrame = false;
            } else {
              calls.closeBlock(frame);
            }
            break;
          case 0x0c:
            sameFrame = !calls.branch(frame, a);
            break;
          case 0x0d:
            if (popNumber(stack) !== 0) sameFrame = !calls.branch(frame, a);
            break;
          case 0x0e: {
            const targets = code.tables[a] ?? [];
            const index = popNumber(stack) >>> 0;
            sameFrame = !calls.branch(frame, targets[Math.min(index, targets.length - 1)] ?? 0);
            break;
          }
          case 0x0f:
            calls.leave(frame);
            sameFrame = false;
            break;
          case 0x10:
          case 0x12: {
            const signature = state.linked.module.funcType(a);
            if (key === 0x12) calls.leaveForTailCall(frame, signature);
            const out = this.#call(this.machine.functionAt(state, a), signature, state);
            if (out !== null) return out;
            sameFrame = false;
            break;
          }
          case 0x11:
          case 0x13: {
            const out = this.#callIndirect(frame, a, ops[at + 2] ?? 0, key === 0x13);
            if (out !== null) return out;
            sameFrame = false;
            break;
          }
          case 0x1a:
            stack.pop();
            break;
          case 0x1b:
          case 0x1c: {
            const condition = popNumber(stack);
            const right = stack.pop() ?? null;
            if (condition === 0) {
              stack.pop();
              stack.push(right);
            }
            break;
          }
          case 0x20:
            stack.push(local(locals, a));
            break;
          case 0x21:
            locals[a] = stack.pop() ?? null;
            break;
          case 0x22:
            locals[a] = stack.at(-1) ?? null;
            break;
          case 0x23: {
            const cell = state.globals[a];
            if (cell === null || cell === undefined) throw new Unsupported('unknown-global');
            this.#observer?.onGlobalRead?.(cell);
            stack.push(cell.value);
            break;
          }
          case 0x24: {
            const cell = state.globals[a];
            if (cell === null || cell === undefined) throw new Unsupported('unknown-global');
            cell.value = stack.pop() ?? null;
            this.#observer?.onGlobalWrite?.(cell);
            break;
          }
          case 0x41:
            stack.push(a);
            break;
          case 0x42:
          case 0x43:
          case 0x44:
            stack.push(code.constants[a] ?? 0);
            break;
          case 0xd0:
            stack.push(null);
            break;
          case 0xd1:
            stack.push(stack.pop() === null ? 1 : 0);
            break;
          case 0xd2:
            stack.push(this.machine.functionAt(state, a));
            break;
          default:
            this.#other(key, a, (ops[at + 2] ?? 0) >>> 0, state);
        }
      }
    }
  }

  #other(key: number, a: number, b: number, state: ModuleState): void {
    if (key >= 0x45 && key <= 0xc4) arithmetic(key, this.#calls.operands);
    else if (key >= 0x28 && key <= 0x40) accessMemory(key, state, a, b, this.#calls.operands, this.#observer);
    else if (key >= KEY.misc && key < KEY.atomic) {
      carryOutMisc(key - KEY.misc, a, b, this.machine, state, this.#calls.operands, this.#budget);
    } else if (key >= KEY.atomic && key < KEY.vector) {
      accessAtomic(key - KEY.atomic, state, a, b, this.#calls.operands, this.#observer);
    } else throw new Unsupported(unsupportedKind(key));
  }
}

function unsupportedKind(key: number): 'gc-instruction' | 'vector-instruction' | 'exception' | 'instruction' {
  if (key >= KEY.gc) return 'gc-instruction';
  if (key >= KEY.vector) return 'vector-instruction';
  return key === 0x08 || key === 0x09 || key === 0x0a ? 'exception' : 'instruction';
}

function local(locals: readonly Value[], index: number): Value {
  const value = locals[index];
  if (value === undefined) throw new Unsupported('invalid-code');
  return value;
}

function sameType(left: CoreFuncType | null, right: CoreFuncType | null): boolean {
  return (
    left !== null &&
    right !== null &&
    left.params.length === right.params.length &&
    left.results.length === right.results.length &&
    left.params.every((type, index) => type === right.params[index]) &&
    left.results.every((type, index) => type === right.results[index])
  );
}
