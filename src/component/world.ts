import { err, ok, type Result } from '../base/result';
import { DecodeError } from './decode-error';
import type { Component } from './definitions';
import { exportedFunctions } from './exported-functions';
import { missingImports } from './missing-imports';
import { orNull } from './optional';
import { readRunnable } from './read-runnable';
import type { ExternType } from './types';
import { definitionsIn } from './type-definitions';
import { printDefinition, printFunction } from './wit-print';

/** What a component imports and exports, as text and plain data that can be sent to another thread. */
export interface World {
  readonly imports: readonly WorldItem[];
  readonly exports: readonly WorldItem[];
  /** Names of the imports that are not WASI's and need a provider, see `missingImports`. */
  readonly needed: readonly string[];
}

/** An import or an export, or a part of an interface. */
export interface WorldItem {
  /** As the binary has it, such as `wasi:cli/run@0.2.3` or `[method]counter.next`. */
  readonly name: string;
  readonly kind: 'interface' | 'function' | 'type' | 'resource' | 'module' | 'component' | 'value';
  /** A function's signature or a type's definition as WIT text; empty for an interface. */
  readonly wit: string;
  /** The parts of an interface. */
  readonly items: readonly WorldItem[];
}

/** Reads what a component, or the one that is made of a core module, imports and exports. Decodes no code. An error names the byte offset. */
export function readWorld(bytes: Uint8Array): Result<World, DecodeError> {
  const component = readRunnable(bytes);
  if (!component.ok) return component;
  try {
    return ok({
      imports: component.value.imports.map(({ name, type }) => itemOf(name, type)),
      exports: exportItems(component.value),
      needed: missingImports(component.value),
    });
  } catch (error) {
    if (error instanceof DecodeError) return err(error);
    throw error;
  }
}

function itemOf(name: string, type: ExternType): WorldItem {
  switch (type.kind) {
    case 'func':
      return { name, kind: 'function', wit: printFunction(type.type), items: [] };
    case 'instance':
      return {
        name,
        kind: 'interface',
        wit: '',
        items: [...type.type.exports].map(([inner, its]) => itemOf(inner, its)),
      };
    case 'type':
      return typeItem(name, type);
    default:
      return { name, kind: type.kind, wit: '', items: [] };
  }
}

function typeItem(name: string, { type }: Extract<ExternType, { kind: 'type' }>): WorldItem {
  if (type.kind === 'resource') return { name, kind: 'resource', wit: '', items: [] };
  return { name, kind: 'type', wit: type.kind === 'value' ? printDefinition(type.type) : '', items: [] };
}

/** The exports in their order: functions with their signatures, and under each interface the types that its functions use. */
function exportItems(component: Component): readonly WorldItem[] {
  const functions = orNull(() => exportedFunctions(component)) ?? [];
  return component.exports.map(({ name, kind }) => {
    if (kind === 'func') {
      const type = functions.find((each) => each.interface === undefined && each.func === name)?.type;
      return { name, kind: 'function', wit: type ? printFunction(type) : '', items: [] };
    }
    if (kind !== 'instance') return { name, kind: kindOf(kind), wit: '', items: [] };
    const own = functions.filter((each) => each.interface === name);
    const types = own.flatMap(({ type }) => (type === null ? [] : [type]));
    return {
      name,
      kind: 'interface',
      wit: '',
      items: [
        ...definitionsIn(types).map((wit) => ({ name: nameIn(wit), kind: 'type' as const, wit, items: [] })),
        ...own.map(({ func, type }) => ({
          name: func,
          kind: 'function' as const,
          wit: type === null ? '' : printFunction(type),
          items: [],
        })),
      ],
    };
  });
}

function kindOf(kind: Component['exports'][number]['kind']): WorldItem['kind'] {
  switch (kind) {
    case 'module':
    case 'component':
    case 'type':
    case 'value':
      return kind;
    case 'func':
      return 'function';
    case 'instance':
      return 'interface';
  }
}

/** The name that a definition gives: `record point { … }` is `point`. */
function nameIn(wit: string): string {
  return /^\S+ ([^\s{;=]+)/.exec(wit)?.[1] ?? wit;
}
