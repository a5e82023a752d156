import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';
import type { LinkedFunc, LinkedInstance, LinkedItem } from './link';
import { itemOf, link } from './link';
import type { FuncType } from './types';

/** A function that a component exports. */
export interface ExportedFunction {
  /** The exported interface with its version, such as `wasi:cli/run@0.2.3`; absent for a function of the world. */
  readonly interface?: string;
  /** The name as in the binary: `run`, `[constructor]counter`, `[method]counter.next`, `[static]counter.of`. */
  readonly func: string;
  readonly type: FuncType;
}

/** Every function that can be called on an instance of the component: of its world and of the interfaces that it exports. */
export function exportedFunctions(component: Component): Result<readonly ExportedFunction[], DecodeError> {
  try {
    const { root } = link(component);
    return ok(
      component.exports.flatMap(({ name, item }) => {
        const linked = itemOf(item, root);
        if (linked.kind === 'func') return withType(linked.func, { func: name });
        if (linked.kind !== 'instance') return [];
        return [...itemsOf(linked.instance)].flatMap(([func, inner]) =>
          inner.kind === 'func' ? withType(inner.func, { interface: name, func }) : [],
        );
      }),
    );
  } catch (error) {
    if (error instanceof DecodeError) return err(error);
    throw error;
  }
}

function withType(func: LinkedFunc, name: { interface?: string; func: string }): readonly ExportedFunction[] {
  return func.kind === 'unknown' || func.type === null ? [] : [{ ...name, type: func.type }];
}

function itemsOf(instance: LinkedInstance): ReadonlyMap<string, LinkedItem> {
  switch (instance.kind) {
    case 'exports':
      return instance.exports;
    case 'component': {
      const { linked } = instance;
      return new Map(linked.component.exports.map(({ name, item }) => [name, itemOf(item, linked)]));
    }
    case 'host':
    case 'unknown':
      return new Map();
  }
}
