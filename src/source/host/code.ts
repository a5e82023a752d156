import type { Span } from '../span';

/**
 * What a program does, as far as it matters, in one form for all languages: names, members, calls, functions and
 * control flow. Everything else is `parts`: its operands are evaluated in order and its value is unknown. Casts,
 * `?`, `.await` and the like vanish in lowering.
 */
export type Code = Readonly<
  | { op: 'parts'; parts: readonly Code[] }
  /** A string, number or boolean as written; strings without their quotes. */
  | { op: 'literal'; kind: 'text' | 'other'; value: string }
  /** null, undefined, None */
  | { op: 'nothing' }
  /** `of` is the type that is written beside a name that takes a value. */
  | { op: 'name'; name: string; of?: string }
  /** `key` is undefined if it is computed. */
  | { op: 'member'; object: Code; key: string | undefined }
  | CallCode
  | { op: 'function'; fn: FunctionCode }
  | { op: 'class'; declared: ClassCode }
  | RecordCode
  | BindCode
  /** Has the value of its last part. `scoped` blocks have names of their own. */
  | { op: 'block'; body: readonly Code[]; scoped: boolean }
  | ChooseCode
  | LoopCode
  | { op: 'try'; body: Code; handler: Code | undefined; finalizer: Code | undefined }
  | LeaveCode
  /** A failure is expected inside: `assert.throws(…)`, `with pytest.raises(…)`. */
  | { op: 'expect-failure'; body: Code }
>;

export interface CallCode {
  readonly op: 'call';
  readonly callee: Code;
  readonly args: readonly Code[];
  /** The whole call, without `await` or `?`. */
  readonly span: Span;
}

/** An object written with its fields: `{ a: b }`, `Host { a: b }`. */
export interface RecordCode {
  readonly op: 'record';
  /** The name of its class. */
  readonly type: string | undefined;
  readonly fields: readonly (readonly [string, Code])[];
}

/** One of the arms is taken: `if`, `switch`, `match`, `&&`. The subject is evaluated once. */
export interface ChooseCode {
  readonly op: 'choose';
  readonly subject: ConditionCode;
  readonly arms: readonly ArmCode[];
}

export interface ArmCode {
  /** Takes the subject's value. */
  readonly pattern?: Code;
  readonly code: Code;
  /** For a subject that counts as true (`Some(…)`) or as false (`None`); undefined if it does not say. */
  readonly holds: boolean | undefined;
}

export interface ConditionCode {
  readonly code: Code;
  /** Without its negations, with single spaces; undefined if its outcome tells nothing for later. */
  readonly text: string | undefined;
  readonly negated: boolean;
  /** Names that it reads; assigning to one makes the condition new. */
  readonly names: readonly string[];
}

export interface BindCode {
  readonly op: 'bind';
  /** A name, a member, or a record or parts that take the value apart; nothing else takes one. */
  readonly target: Code;
  readonly value: Code;
  /** `let` makes a name in the block, `var` one in the function; `assign-if-empty` is `??=`. */
  readonly how: 'let' | 'var' | 'assign' | 'assign-if-empty';
  /** The statement that does this and nothing else, so that it can be copied; undefined if it does more. */
  readonly statement: Span | undefined;
  readonly targetSpan: Span;
}

export interface LoopCode {
  readonly op: 'loop';
  readonly label: string | undefined;
  readonly before: Code | undefined;
  /** Comes before each pass and may leave the loop; undefined for an endless one. */
  readonly head: Code | undefined;
  readonly body: Code;
  readonly span: Span;
  /** The braces, or the statement that stands without them. */
  readonly bodySpan: Span;
  /** The first pass begins without the head. */
  readonly atLeastOnce: boolean;
  /** JavaScript's `switch`, which `break` leaves and `continue` does not mean. */
  readonly isSwitch: boolean;
  /** The text says that there is one pass at most: `range(1)`. */
  readonly once: boolean;
}

export interface LeaveCode {
  readonly op: 'leave';
  readonly how: 'return' | 'break' | 'continue' | 'throw';
  readonly label: string | undefined;
  readonly value: Code | undefined;
}

export interface FunctionCode {
  readonly name: string | undefined;
  readonly params: readonly Code[];
  readonly body: Code;
  readonly span: Span;
  readonly isAsync: boolean;
  /** Whether its text can call run or make an instance, itself or through other functions of the file. */
  readonly mayRun: boolean;
}

export interface ClassCode {
  readonly name: string | undefined;
  readonly methods: readonly FunctionCode[];
  /** Fields with a value of their own. */
  readonly fields: readonly BindCode[];
  readonly bases: readonly string[];
}

/** Nothing happens and nothing is known of the value. */
export const opaque: Code = { op: 'parts', parts: [] };

/** Both branches of a condition. */
export function ifCode(condition: ConditionCode, then: Code, otherwise: Code = opaque): ChooseCode {
  const { negated } = condition;
  const arms = [
    { code: then, holds: !negated },
    { code: otherwise, holds: negated },
  ];
  return { op: 'choose', subject: condition, arms };
}

/** Control leaves in one of the four ways. */
export function leaveCode(how: LeaveCode['how'], label?: string, value?: Code): LeaveCode {
  return { op: 'leave', how, label, value };
}

/** Puts a value where it goes; a name of the block, unless `more` says otherwise. */
export function bindCode(
  target: Code,
  value: Code,
  targetSpan: Span,
  more: Partial<Pick<BindCode, 'how' | 'statement'>> = {},
): BindCode {
  return { op: 'bind', target, value, how: 'let', statement: undefined, targetSpan, ...more };
}

/** A failure of `body` is expected, if `isExpected`. */
export function expecting(isExpected: boolean, body: Code): Code {
  return isExpected ? { op: 'expect-failure', body } : body;
}

/** An endless loop without a body, unless `parts` say otherwise. */
export function loopCode(span: Span, bodySpan: Span, parts: Partial<LoopCode>): LoopCode {
  const usual = { label: undefined, before: undefined, head: undefined, body: opaque } as const;
  const flags = { atLeastOnce: false, isSwitch: false, once: false };
  return { op: 'loop', ...usual, ...flags, span, bodySpan, ...parts };
}

/** The head of a loop that may end before each pass. */
export const mayEnd: Code = ifCode(
  { code: opaque, text: undefined, negated: false, names: [] },
  opaque,
  leaveCode('break'),
);

/** The names that code reads or calls; those inside of functions are left out. */
export function namesIn(code: Code | undefined): readonly string[] {
  switch (code?.op) {
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

/** The variables that take a value; with `members`, the names of fields that do, too. */
export function namesTaking(target: Code, members = false): readonly string[] {
  switch (target.op) {
    case 'name':
      return [target.name];
    case 'record':
      return target.fields.flatMap(([, inner]) => namesTaking(inner, members));
    case 'parts':
      return target.parts.flatMap((inner) => namesTaking(inner, members));
    case 'member':
      return members && target.key !== undefined ? [target.key] : [];
    default:
      return [];
  }
}
