import type { Component } from './definitions';
import { lowerCamelCase } from './js-names';
import type { FuncType } from './types';

/** A function that a component imports, as a JavaScript module provides it. */
export interface ImportedFunction {
  /** What a module exports it as: its name in lowerCamelCase, or `default` for a function of the world. */
  readonly key: string;
  readonly type: Pick<FuncType, 'result' | 'async'>;
}

/** The functions of each import by the import's name. Those of resources are not among them: a module provides them in classes. */
export function importedFunctions({ imports }: Component): ReadonlyMap<string, readonly ImportedFunction[]> {
  const found = new Map<string, readonly ImportedFunction[]>();
  for (const { name, type } of imports) {
    if (type.kind === 'func' && isPlain(name)) found.set(name, [functionOf('default', type.type)]);
    if (type.kind !== 'instance') continue;
    const functions = [...type.type.exports].flatMap(([func, item]) =>
      item.kind === 'func' && isPlain(func) ? [functionOf(lowerCamelCase(func), item.type)] : [],
    );
    found.set(name, functions);
  }
  return found;
}

function functionOf(key: string, { result, async }: FuncType): ImportedFunction {
  return { key, type: { result, async } };
}

function isPlain(name: string): boolean {
  return !name.startsWith('[');
}
