import type { Span } from '../span';

/**
 * What a program does as far as it matters here, the same for every language: names, members, calls, functions and where control goes. All else is
 * `parts`: its operands are evaluated in order, its value is unknown. `?`, `.await`, casts and the like vanish in lowering.
 */
export type Code =
  | { readonly op: 'parts'; readonly parts: readonly Code[] }
  /** A string, number or boolean as written; strings without their quotes. */
  | { readonly op: 'literal'; readonly kind: 'text' | 'other'; readonly value: string }
  /** null, undefined, None */
  | { readonly op: 'nothing' }
  | { readonly op: 'name'; readonly name: string }
  /** `key` is left out if it is computed. */
  | { readonly op: 'member'; readonly object: Code; readonly key: string | undefined }
  | CallCode
  | { readonly op: 'function'; readonly fn: FunctionCode }
  | { readonly op: 'class'; readonly declared: ClassCode }
  /** An object written with its fields: `{ a: b }`, `Host { a: b }`. `type` is its class's name. */
  | {
      readonly op: 'record';
      readonly type: string | undefined;
      readonly fields: readonly (readonly [string, Code])[];
    }
  | BindCode
  /** Has the value of its last part. */
  | { readonly op: 'block'; readonly body: readonly Code[]; readonly span: Span; readonly scoped: boolean }
  | {
      readonly op: 'if';
      readonly condition: ConditionCode;
      readonly then: Code;
      readonly otherwise: Code | undefined;
    }
  /** One of the arms is taken, or none unless `exhaustive`. Arms of the same subject exclude each other. */
  | {
      readonly op: 'choose';
      readonly subject: ConditionCode;
      readonly arms: readonly ArmCode[];
      readonly exhaustive: boolean;
    }
  | LoopCode
  | {
      readonly op: 'try';
      readonly body: Code;
      readonly handler: Code | undefined;
      readonly finalizer: Code | undefined;
    }
  | {
      readonly op: 'leave';
      readonly how: 'return' | 'break' | 'continue' | 'throw';
      readonly label: string | undefined;
      readonly value: Code | undefined;
    }
  /** A failure is expected inside: `assert.throws(…)`, `with pytest.raises(…)`. */
  | { readonly op: 'expect-failure'; readonly body: Code };

export interface CallCode {
  readonly op: 'call';
  readonly callee: Code;
  readonly args: readonly Code[];
  /** The whole call, without `await` or `?`. */
  readonly span: Span;
}

export interface ArmCode {
  readonly code: Code;
  /** The arm is for a subject that counts as true (`Some(…)`) or as false (`None`); left out if it does not say. */
  readonly holds: boolean | undefined;
}

export interface ConditionCode {
  readonly code: Code;
  /** The condition without its negations, as written and with single spaces. */
  readonly text: string;
  readonly negated: boolean;
  /** Names that it reads; assigning to one makes the condition new. */
  readonly names: readonly string[];
}

export interface BindCode {
  readonly op: 'bind';
  readonly target: Target;
  readonly value: Code;
  /** `declare` makes a new name in the block, `assign` changes one; `assign-if-empty` is `??=`. */
  readonly how: 'declare' | 'assign' | 'assign-if-empty';
  /** The statement that does this and nothing else, so that it can be copied; left out if it does more. */
  readonly statement: Span | undefined;
  readonly keyword: 'const' | 'let' | 'var' | undefined;
  readonly targetSpan: Span;
}

/** Where a value goes. */
export type Target =
  | { readonly type: 'name'; readonly name: string; readonly span: Span; readonly shorthand?: boolean }
  | { readonly type: 'fields'; readonly fields: readonly (readonly [string, Target])[] }
  | { readonly type: 'items'; readonly items: readonly Target[] }
  | { readonly type: 'member'; readonly object: Code; readonly key: string | undefined }
  | { readonly type: 'none' };

export interface LoopCode {
  readonly op: 'loop';
  readonly label: string | undefined;
  readonly before: Code | undefined;
  readonly condition: ConditionCode | undefined;
  readonly each: Target | undefined;
  readonly body: Code;
  readonly span: Span;
  /** The braces, or the statement that stands without them. */
  readonly bodySpan: Span;
  readonly atLeastOnce: boolean;
  /** The text says that it goes round once at most: `range(1)`. */
  readonly once: boolean;
}

export interface FunctionCode {
  readonly name: string | undefined;
  readonly params: readonly Target[];
  readonly body: Code;
  readonly span: Span;
  readonly isAsync: boolean;
  /** Whether its text can call run or make an instance, itself or through other functions of the file. */
  readonly mayRun: boolean;
  /** Names that Python's `global` and `nonlocal` give away. */
  readonly outerNames: readonly string[];
  /** What is written above it: `test`, `pytest.fixture`. */
  readonly decorators: readonly string[];
}

export interface ClassCode {
  readonly name: string | undefined;
  readonly methods: readonly FunctionCode[];
  /** Fields with a value of their own. */
  readonly fields: readonly BindCode[];
  readonly bases: readonly string[];
}

/** The names that code reads or calls, functions inside it included. */
export function namesIn(code: Code | undefined): readonly string[] {
  if (code === undefined) return [];
  switch (code.op) {
    case 'name':
      return [code.name];
    case 'member':
      return namesIn(code.object);
    case 'call':
      return [...namesIn(code.callee), ...code.args.flatMap(namesIn)];
    case 'parts':
      return code.parts.flatMap(namesIn);
    case 'record':
      return code.fields.flatMap(([, value]) => namesIn(value));
    default:
      return [];
  }
}

/** The names that take a value, and those of the fields that do. */
export function namesTaking(target: Target): readonly string[] {
  switch (target.type) {
    case 'name':
      return [target.name];
    case 'fields':
      return target.fields.flatMap(([, inner]) => namesTaking(inner));
    case 'items':
      return target.items.flatMap(namesTaking);
    case 'member':
      return target.key === undefined ? [] : [target.key];
    case 'none':
      return [];
  }
}

/** Nothing happens and nothing is known of the value. */
export const opaque: Code = { op: 'parts', parts: [] };
