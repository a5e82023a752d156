import type { TrapKind } from '../component/trap';

/**
 * The texts of traps by their kind: V8's (its message templates `kTrap…`), and the WebAssembly specification's and wasmtime's (`Trap` in
 * wasmtime_environ), which jco puts in their place. This is the only place where an engine's text is taken for a fact.
 */
const textsOfKinds: readonly (readonly [kind: TrapKind, texts: readonly string[]])[] = [
  ['unreachable', ['unreachable', 'wasm `unreachable` instruction executed']],
  [
    'memory-out-of-bounds',
    ['memory access out of bounds', 'out of bounds memory access', 'data segment out of bounds'],
  ],
  [
    'table-out-of-bounds',
    [
      'table index is out of bounds',
      'table access out of bounds',
      'out of bounds table access',
      'undefined element',
      'undefined element: out of bounds table access',
      'element segment out of bounds',
    ],
  ],
  ['array-out-of-bounds', ['array element access out of bounds', 'out of bounds array access']],
  ['divide-by-zero', ['divide by zero', 'remainder by zero', 'integer divide by zero']],
  ['integer-overflow', ['divide result unrepresentable', 'integer overflow']],
  ['invalid-conversion', ['float unrepresentable in integer range', 'invalid conversion to integer']],
  [
    'bad-indirect-call',
    ['null function or function signature mismatch', 'indirect call type mismatch', 'uninitialized element'],
  ],
  ['null-reference', ['dereferencing a null pointer', 'null reference']],
  ['bad-cast', ['illegal cast', 'cast failure']],
  ['unaligned-access', ['operation does not support unaligned accesses', 'unaligned atomic']],
  ['stack-exhausted', ['call stack exhausted']],
  [
    'uncaught-exception',
    [
      'an exception was thrown and not caught',
      'uncaught exception propagated out of component',
      'thrown Wasm exception',
    ],
  ],
  ['cannot-enter', ['cannot enter component instance']],
  ['never-returns', ['deadlock detected: event loop cannot make further progress']],
];

const kindsByText: ReadonlyMap<string, TrapKind> = new Map(
  textsOfKinds.flatMap(([kind, texts]) => texts.map((text) => [text, kind] as const)),
);

/** The kind of a trap that an engine reports with a text; `other` for a text that is not known. */
export function trapKindOf(text: string): TrapKind {
  return kindsByText.get(text) ?? 'other';
}

/**
 * What V8 and jco 1.35 say where jco's own code goes wrong: mistakes in JavaScript that no guest can make, and states of tasks that jco itself
 * keeps. Other errors of the glue can be a guest's fault, such as an invalid discriminant.
 */
const faultsOfGlue = [
  /^Cannot (?:destructure|read properties of|set properties of|access '\w+' before)/,
  / is not (?:a function|defined|iterable)(?: \(.*\))?$/,
  /^Assignment to constant variable/,
  /\btask\b.*\balready (?:resolved|completed|exited)\b/,
  /^(?:trying to suspend|expected to have a suspender)/i,
];

/** Whether an error that left a call is a fault in jco's own code. `type` is the name of its class. */
export function isFaultOfGlue(type: string, text: string): boolean {
  return type === 'SuspendError' || faultsOfGlue.some((fault) => fault.test(text));
}

/** Whether an asynchronous function ended without a result: a trap in jco's words. */
export function isWithoutResult(text: string): boolean {
  return text.endsWith('exited without resolution');
}
