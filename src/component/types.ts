/** The types without parts. */
export type PrimitiveKind =
  | 'bool'
  | 's8'
  | 'u8'
  | 's16'
  | 'u16'
  | 's32'
  | 'u32'
  | 's64'
  | 'u64'
  | 'f32'
  | 'f64'
  | 'char'
  | 'string'
  | 'error-context';

/** A field of a record, or a parameter of a function. The name is in kebab-case, as in WIT and without `%`. */
export interface NamedType {
  readonly name: string;
  readonly type: ValueType;
}

/** A case of a variant; `type` is null for a case without a payload. */
export interface VariantCase {
  readonly name: string;
  readonly type: ValueType | null;
}

/** A resource type, by the name that the component gives it. */
export interface ResourceRef {
  /** The name in kebab-case, such as `output-stream`. */
  readonly name: string;
  /** The interface that defines it, with its version; absent for a resource of the world itself. */
  readonly interface?: string;
}

/**
 * A component-level value type with all references resolved. Equal parts may be one shared object: the graph has no cycles, but written
 * out as a tree it can be exponentially larger than in memory, so whatever walks it needs a bound.
 *
 * `name` of the nominal types is their name in WIT where the component gives one (an anonymous record cannot be written in WIT, but exists
 * in hand-made binaries).
 * Source: https://github.com/WebAssembly/component-model/blob/main/design/mvp/Explainer.md#type-definitions
 */
export type ValueType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'list'; readonly element: ValueType }
  /** `list<T, N>`: exactly `length` elements, at least one. */
  | { readonly kind: 'fixed-list'; readonly element: ValueType; readonly length: number }
  | { readonly kind: 'map'; readonly key: ValueType; readonly value: ValueType }
  | { readonly kind: 'tuple'; readonly elements: readonly ValueType[] }
  | { readonly kind: 'record'; readonly name?: string; readonly fields: readonly NamedType[] }
  | { readonly kind: 'variant'; readonly name?: string; readonly cases: readonly VariantCase[] }
  | { readonly kind: 'enum'; readonly name?: string; readonly cases: readonly string[] }
  | { readonly kind: 'flags'; readonly name?: string; readonly flags: readonly string[] }
  | { readonly kind: 'option'; readonly some: ValueType }
  | { readonly kind: 'result'; readonly ok: ValueType | null; readonly err: ValueType | null }
  | { readonly kind: 'own' | 'borrow'; readonly resource: ResourceRef }
  | { readonly kind: 'stream' | 'future'; readonly element: ValueType | null };

/** The type of a component-level function. `result` is null for a function that returns nothing. */
export interface FunctionType {
  readonly params: readonly NamedType[];
  readonly result: ValueType | null;
  /** Whether the function is declared `async` (component model 0.3). */
  readonly async: boolean;
}
