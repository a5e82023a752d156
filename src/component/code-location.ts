/** A place in a component's code that a person can look up in a disassembly, such as a frame of a trap's stack. */
export interface CodeLocation {
  /** Which of the component's core modules, in the order of the binary. */
  readonly module: number;
  /** The core function's index in its module. */
  readonly funcIndex: number;
  /** The function's name from the name section; absent if the module has none. */
  readonly func?: string;
  /** Byte offset in the core module. */
  readonly offset: number;
  /** Source file and line (from 1), where the module has DWARF line tables. */
  readonly source?: { readonly file: string; readonly line: number };
}
