import type { CoreFuncType } from '../../component/core-types';
import { STRIDE, type Code } from './code';
import type { Place } from './event';
import type { ModuleState, Value } from './state';
import { Unsupported } from './trap';

/** A function that is being carried out. */
export interface Frame {
  readonly state: ModuleState;
  readonly index: number;
  readonly code: Code;
  readonly locals: Value[];
  /** Height of the operand stack and of the labels at its start. */
  readonly base: number;
  readonly labelBase: number;
  pc: number;
}

const MAX_FRAMES = 2000;
const MAX_OPERANDS = 100_000;

/** The functions and blocks that are open, with their operands. Code that would not validate may do anything here, and is stopped. */
export class CallStack {
  readonly operands: Value[] = [];
  readonly #frames: Frame[] = [];
  /** Open blocks: pairs of the block's index in its code and the height of the stack below its parameters. */
  readonly #labels: number[] = [];

  /** The innermost function. */
  get top(): Frame | undefined {
    return this.#frames.at(-1);
  }

  /** Where each function stands, innermost first. */
  places(): readonly Place[] {
    return this.#frames.map(placeOf).reverse();
  }

  /** Enters a function, whose arguments are on the stack. */
  enter(state: ModuleState, index: number, code: Code): void {
    if (this.#frames.length >= MAX_FRAMES) throw new Unsupported('too-many-nested-calls');
    const base = this.operands.length - code.paramCount;
    if (base < (this.top?.base ?? 0)) throw new Unsupported('invalid-code');
    const locals = this.operands.splice(base);
    for (const zero of code.locals) locals.push(zero);
    this.#frames.push({ state, index, code, locals, base, labelBase: this.#labels.length, pc: 0 });
  }

  /** Leaves the innermost function; its results stay on the stack. */
  leave(frame: Frame): void {
    this.#drop(frame, frame.code.resultCount);
  }

  /** Gives up the innermost function for the one that takes its place, whose arguments stay on the stack. */
  leaveForTailCall(frame: Frame, signature: CoreFuncType | null): void {
    this.#drop(frame, signature?.params.length ?? 0);
  }

  #drop(frame: Frame, kept: number): void {
    this.#carry(kept, frame, frame.base);
    this.#labels.length = frame.labelBase;
    this.#frames.pop();
  }

  /** Opens a block, whose parameters are on the stack. */
  openBlock(frame: Frame, blockIndex: number): void {
    const height = this.operands.length - (frame.code.blocks[blockIndex]?.params ?? 0);
    this.#labels.push(blockIndex, height);
    if (height < frame.base || height > MAX_OPERANDS) throw new Unsupported('invalid-code');
  }

  /** Closes the innermost block at its end. */
  closeBlock(frame: Frame): void {
    const height = this.#labels.length - 2;
    if (height < frame.labelBase) throw new Unsupported('invalid-code');
    this.#labels.length = height;
  }

  /** Branches out of `depth` blocks. True when that leaves the function. */
  branch(frame: Frame, depth: number): boolean {
    const at = this.#labels.length - 2 * (depth + 1);
    if (at < frame.labelBase) {
      this.leave(frame);
      return true;
    }
    const block = frame.code.blocks[this.#labels[at] ?? -1];
    if (block === undefined) throw new Unsupported('invalid-code');
    this.#carry(block.loop ? block.params : block.results, frame, this.#labels[at + 1] ?? 0);
    this.#labels.length = block.loop ? at + 2 : at;
    frame.pc = block.loop ? block.start : block.after;
    return false;
  }

  /** Cuts the stack down to a height, all but the last `count` operands. */
  #carry(count: number, frame: Frame, height: number): void {
    const { operands } = this;
    const from = operands.length - count;
    if (from < frame.base) throw new Unsupported('invalid-code');
    const carried = count === 0 ? [] : operands.slice(from);
    operands.length = height;
    for (const value of carried) operands.push(value);
  }
}

/** Where a function stands. */
export function placeOf({ state, index, code, pc }: Frame): Place {
  return { state, funcIndex: index, offset: code.ops[STRIDE * Math.max(0, pc - 1) + 3] ?? 0 };
}
