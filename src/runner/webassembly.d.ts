/**
 * The part of the WebAssembly JS API that the sources use: neither ES2023 nor @types/node declares it, and
 * the DOM's types would let the rest of the DOM into code that has none.
 */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
    private readonly brand: unknown;
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Readonly<Record<string, unknown>>;
  }
  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer;
  }
  class RuntimeError extends Error {}
  function validate(bytes: Uint8Array): boolean;
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
