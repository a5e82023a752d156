import { err, ok, type Result } from '../base/result';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';
import { exportOf, itemOf, link } from './link';
import type { LinkedFunc, LinkedInstance } from './linked';
import { readRunnable } from './read-runnable';
import { sameResources } from './same-resources';
import type { FuncType } from './types';

/** A function that a component exports, by itself or in an interface. */
export interface ExportedFunction {
  /** The exported interface with its version, such as `wasi:cli/run@0.2.3`; absent for a function of the world. */
  readonly interface?: string;
  /** The function's name in WIT, such as `run` or `[method]counter.next`. */
  readonly func: string;
  /** Its signature, with the types resolved; null where it cannot be known (an import of unknown shape passed on). */
  readonly type: FuncType | null;
}

/** The functions that a file exports, in the order of its exports. An error names the byte offset. */
export function readExportedFunctions(bytes: Uint8Array): Result<readonly ExportedFunction[], DecodeError> {
  const component = readRunnable(bytes);
  if (!component.ok) return component;
  try {
    return ok(exportedFunctions(component.value));
  } catch (error) {
    if (error instanceof DecodeError) return err(error);
    throw error;
  }
}

/** The same of a component that was read. Throws a `DecodeError` where its definitions do not fit together. */
export function exportedFunctions(component: Component): readonly ExportedFunction[] {
  const { root } = link(component);
  const resources = sameResources(component);
  const typeOf = (func: LinkedFunc) =>
    func.kind === 'unknown' || func.type === null ? null : resources.inFunction(func.type);
  const found: ExportedFunction[] = [];
  for (const { name, item } of component.exports) {
    const linked = itemOf(item, root);
    if (linked.kind === 'func') found.push({ func: name, type: typeOf(linked.func) });
    if (linked.kind !== 'instance') continue;
    for (const func of namesOf(linked.instance)) {
      const inner = exportOf(linked.instance, func);
      if (inner?.kind === 'func') found.push({ interface: name, func, type: typeOf(inner.func) });
    }
  }
  return found;
}

function namesOf(instance: LinkedInstance): Iterable<string> {
  switch (instance.kind) {
    case 'host':
      return instance.type.exports.keys();
    case 'component':
      return instance.linked.component.exports.map(({ name }) => name);
    case 'exports':
      return instance.exports.keys();
    case 'unknown':
      return [];
  }
}
