/** The types of WIT that are written as one word. */
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

/**
 * A type of a parameter or result, resolved: no indices are left in it. Types may share parts, so the tree can be
 * much larger when it is unfolded than it is in memory; its depth is at most 100, its unfolded size at most 100,000.
 * `name` is the name under which the type is exported or imported, null for a type without one.
 */
export type ValueType =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'record'; readonly name: string | null; readonly fields: readonly Field[] }
  | { readonly kind: 'variant'; readonly name: string | null; readonly cases: readonly Case[] }
  /** `length` is null but for lists of a fixed length. */
  | { readonly kind: 'list'; readonly element: ValueType; readonly length: number | null }
  | { readonly kind: 'tuple'; readonly elements: readonly ValueType[] }
  | { readonly kind: 'flags'; readonly name: string | null; readonly labels: readonly string[] }
  | { readonly kind: 'enum'; readonly name: string | null; readonly labels: readonly string[] }
  | { readonly kind: 'option'; readonly element: ValueType }
  | { readonly kind: 'result'; readonly ok: ValueType | null; readonly error: ValueType | null }
  | { readonly kind: 'map'; readonly key: ValueType; readonly value: ValueType }
  | { readonly kind: 'own' | 'borrow'; readonly resource: ResourceType }
  | { readonly kind: 'stream' | 'future'; readonly element: ValueType | null };

/** The types of one kind. */
export type TypeOf<K extends ValueType['kind']> = Extract<ValueType, { readonly kind: K }>;

export interface Field {
  readonly name: string;
  readonly type: ValueType;
}

/** One case of a variant; `type` is null for a case without a payload. */
export interface Case {
  readonly name: string;
  readonly type: ValueType | null;
}

/** A resource. The same object wherever the same resource is meant within one component. */
export interface ResourceType {
  readonly name: string | null;
}

/** The signature of a function of a component. */
export interface FuncType {
  readonly params: readonly Field[];
  /** Null for a function that returns nothing. */
  readonly result: ValueType | null;
  /** Whether it is an `async func` (WASI 0.3). */
  readonly async: boolean;
}

/** What a type index of a component can stand for. */
export type TypeDef =
  | { readonly kind: 'value'; readonly type: ValueType }
  | { readonly kind: 'func'; readonly type: FuncType }
  | { readonly kind: 'resource'; readonly resource: ResourceType }
  | { readonly kind: 'instance'; readonly exports: ReadonlyMap<string, ExternType> }
  | {
      readonly kind: 'component';
      readonly imports: ReadonlyMap<string, ExternType>;
      readonly exports: ReadonlyMap<string, ExternType>;
    };

export type InstanceType = Extract<TypeDef, { kind: 'instance' }>;
export type ComponentType = Extract<TypeDef, { kind: 'component' }>;

/** The type of an import or an export. */
export type ExternType =
  | { readonly kind: 'module' }
  | { readonly kind: 'func'; readonly type: FuncType }
  | { readonly kind: 'value'; readonly type: ValueType }
  /** `bound` as in Explainer.md, `typebound`: `sub` brings a new resource, `eq` names a type that is there already. */
  | { readonly kind: 'type'; readonly type: TypeDef; readonly bound: 'eq' | 'sub' }
  | { readonly kind: 'component'; readonly type: ComponentType }
  | { readonly kind: 'instance'; readonly type: InstanceType };
