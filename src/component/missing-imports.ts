import type { Component } from './definitions';
import type { ExternType } from './types';
import { isWasiImport } from './wasi';

/**
 * The imports that keep a component from being started: those that are not WASI's and need a provider. Interfaces that bring
 * only types are left out, and so are aliases: a type that equals another one (`use wasi:io/streams.{output-stream}`) comes from where that
 * one comes from. The functions of a resource of the world (`[method]token.value`) come with the resource.
 */
export function missingImports(component: Component): readonly string[] {
  return component.imports
    .filter(({ name, type }) => !isWasiImport(name) && !name.startsWith('[') && isNeeded(type))
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
