import { ByteReader } from './bytes';
import type { CoreModule } from './core-module';
import { takeValueType } from './core-types';
import { DecodeError } from './decode-error';
import type { Component, CoreFuncDef } from './definitions';
import { takeInstruction } from './instructions';
import { coreFuncOf, coreItemAt, exportOf, itemOf, link } from './link';
import type { LinkedCoreItem, LinkedFunc, LinkedModule } from './linked';

/** A core function on the way from an export to the code that does the work. */
export interface ChainFunction {
  /** Number of the core module, in the order of the binary. */
  readonly module: number;
  /** The module's own name, null if it has none. */
  readonly moduleName: string | null;
  readonly funcIndex: number;
  readonly func: string | null;
  /** Offset of the function's body in the core module, and its size. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Whether it is of an adapter, which passes the call on to the module that it adapts. */
  readonly adapter: boolean;
}

/** How an exported function of an interface comes about. */
export interface LiftChain {
  readonly interface: string;
  readonly func: string;
  /** How `canon lift` makes it: synchronous, async with a callback, or async on a stack of its own. */
  readonly lift: 'sync' | 'async-callback' | 'async-stackful';
  /** The core export that is lifted; null if the component names none. */
  readonly coreExport: string | null;
  /** From the lifted core function to the one that it stands for; empty if that is not in the component. */
  readonly functions: readonly ChainFunction[];
}

/** The interface name under which wit-component lets adapters import the module that they adapt. */
const adapted = '__main_module__';

/** Adapters call this for memory, not to pass the call on. */
const allocator = 'cabi_realloc';

/** Follows an exported function to core code. Null if the component does not lift it itself, or cannot be read that far. */
export function liftChain(component: Component, interfaceName: string, func: string): LiftChain | null {
  try {
    const { root } = link(component);
    const found = component.exports.find(({ name }) => name === interfaceName);
    const item = found === undefined ? null : itemOf(found.item, root);
    const exported = item?.kind === 'instance' ? exportOf(item.instance, func) : null;
    if (exported?.kind !== 'func' || exported.func.kind !== 'lift') return null;
    const { coreFunc, options, owner } = exported.func;
    return {
      interface: interfaceName,
      func,
      lift: liftKind(exported.func),
      coreExport: coreExportName(coreFunc),
      functions: follow(coreFuncOf(coreFunc, owner), options.async),
    };
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function liftKind({ options }: Extract<LinkedFunc, { kind: 'lift' }>): LiftChain['lift'] {
  if (!options.async) return 'sync';
  return options.callback === null ? 'async-stackful' : 'async-callback';
}

function coreExportName(coreFunc: CoreFuncDef): string | null {
  return coreFunc.kind === 'alias' ? coreFunc.name : null;
}

function follow(start: LinkedCoreItem, async: boolean): readonly ChainFunction[] {
  if (start.kind !== 'defined') return [];
  const next = async ? null : passedOn(start.instance, start.index);
  const first = chainFunction(start.instance.module, start.index, next !== null);
  return next === null ? [first] : [first, chainFunction(next.instance.module, next.index, false)];
}

/** The function of the adapted module that an adapter's function calls first; null for any other function. */
function passedOn(
  instance: LinkedModule,
  funcIndex: number,
): Extract<LinkedCoreItem, { kind: 'defined' }> | null {
  const { module } = instance;
  const range = module.body(funcIndex);
  if (range === null) return null;
  const reader = new ByteReader(module.bytes, range.start, range.end);
  for (let left = reader.count(); left > 0; left--) {
    reader.u32();
    takeValueType(reader);
  }
  while (!reader.atEnd) {
    const { opcode, numbers } = takeInstruction(reader);
    if (opcode.name !== 'call' && opcode.name !== 'return_call') continue;
    const [callee = 0] = numbers;
    const imported = module.importAt('func', callee);
    if (imported?.module !== adapted || imported.name === allocator) continue;
    const item = coreItemAt(instance, 'func', callee);
    if (item.kind === 'defined') return item;
  }
  return null;
}

function chainFunction(module: CoreModule, funcIndex: number, adapter: boolean): ChainFunction {
  const range = module.body(funcIndex);
  return {
    module: module.number,
    moduleName: module.name,
    funcIndex,
    func: module.funcName(funcIndex),
    offset: range === null ? 0 : range.start - module.start,
    sizeBytes: range === null ? 0 : range.end - range.start,
    adapter,
  };
}
