import type { ByteReader } from './bytes';
import { malformed } from './decode-error';
import type { TypeEntry } from './definitions';

/** The type indices that are visible at one place: those of a component, or of a component or instance type. */
export interface TypeScope {
  readonly types: TypeEntry[];
  readonly parent: TypeScope | null;
  /** How many scopes this one lies in. */
  readonly depth: number;
}

const MAX_DEPTH = 100;

/** A scope within another. Scopes may nest a hundred deep, as in the reference tools. */
export function innerDepth(parent: TypeScope, reader: ByteReader): number {
  if (parent.depth >= MAX_DEPTH) throw malformed('components or types nested too deeply', reader.offset);
  return parent.depth + 1;
}

/** The entry of a type index. `offset` is where the index was read. */
export function typeAt(scope: TypeScope, index: number, offset: number): TypeEntry {
  const entry = scope.types[index];
  if (entry === undefined) throw malformed(`a use of type ${String(index)}, which is not there`, offset);
  return entry;
}

/** Takes the two numbers of an outer alias of a type, and gives what they mean. */
export function outerType(reader: ByteReader, scope: TypeScope): TypeEntry {
  const start = reader.offset;
  let target: TypeScope | null = scope;
  for (let levels = reader.u32(); levels > 0 && target !== null; levels--) target = target.parent;
  if (target === null) throw malformed('an alias of a scope that is not there', start);
  const { type } = typeAt(target, reader.u32(), start);
  return { type, importName: null };
}
