import type { Component } from './definitions';
import type { ExternType } from './types';

/**
 * The imports that need something to stand behind them: interfaces that bring only types are none of them, and the functions of a
 * resource of the world (`[method]token.value`) come with the resource.
 */
export function neededImports(component: Component): readonly string[] {
  return component.imports
    .filter(({ name, type }) => isNeeded(type) && !name.startsWith('['))
    .map(({ name }) => name);
}

function isNeeded(type: ExternType): boolean {
  switch (type.kind) {
    case 'instance':
      return [...type.type.exports.values()].some(isNeeded);
    case 'type':
      return type.type.kind === 'resource';
    default:
      return true;
  }
}
