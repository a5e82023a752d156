import type { Component } from './definitions';
import type { ExternType } from './types';

/**
 * The imports that a host has to provide something for. Interfaces that bring only types are left out, and so are aliases: a type that equals
 * another one (`use wasi:io/streams.{output-stream}`) comes from where that one comes from. The functions of a resource of the world
 * (`[method]token.value`) come with the resource.
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
      return type.bound === 'sub';
    default:
      return true;
  }
}
