import { named, type Syntax } from '../../syntax';
import type { Code, LeaveCode } from '../code';
import type { LanguageWords } from '../keyword-filter';
import type { Lowering } from './lowering';

/**
 * What a type of node is. What several languages have is told by the fields that hold its parts; what only one has is
 * `own` and lowered by a function, which gives undefined for a node that counts for its operands only.
 */
export type Construct = Readonly<
  | { is: 'name' | 'text' | 'value' | 'nothing' }
  /** `a.b`; a `path` such as `a::b` takes no value. */
  | { is: 'member' | 'path'; object: string; key: string }
  /** `a[b]`; without fields it is the first two operands. */
  | { is: 'subscript'; object?: string; index?: string }
  /** `a(b)` */
  | { is: 'call'; callee: string }
  /** `a = b` */
  | { is: 'assignment'; target: string; value: string }
  /** `let a = b`; `each` is the type of the parts where there can be several. */
  | { is: 'declaration'; each?: string; target: string }
  /** As a statement or as an expression. */
  | { is: 'if'; condition: string; then: string; otherwise: string }
  /** `a && b`, with the fields `left`, `operator` and `right`. */
  | { is: 'operator' }
  | { is: 'leave'; how: LeaveCode['how'] }
  /** Its body is the field `body`. `before` is what is iterated over, if there is `each`. */
  | { is: 'loop'; before?: string; each?: string; condition?: string; atLeastOnce?: true }
  | { is: 'try' }
  | { is: 'block'; body?: string }
  /** `declares` if its name can be used around it. */
  | { is: 'function'; declares: boolean }
  /** `method` is the type of its methods. */
  | { is: 'class'; name: string; method: string; bases?: string }
  | { is: 'record'; type?: string; fields?: string; key: string; value?: string }
  /** Stands for what a field holds, or else for its first operand. */
  | { is: 'wrapper'; field?: string; unless?: (node: Syntax) => boolean }
  | { is: 'own'; lower: (node: Syntax, lowering: Lowering) => Code | undefined }
>;

export type ConstructOf<Is extends Construct['is']> = Extract<Construct, { readonly is: Is }>;

/** How a language is spelt, and what its tests look like. */
export interface LanguageSyntax {
  readonly words: LanguageWords;
  /** By types of nodes. The operands of all other nodes are evaluated in order. */
  readonly constructs: ReadonlyMap<string, Construct>;
  /** Whether blocks have names of their own; without, all names belong to the function. */
  readonly blockScopes: boolean;
  /** Statements that count from the start of their block. */
  readonly isHoisted?: (node: Syntax) => boolean;
  /** A callee whose call passes only if what it is given, or called on, fails. */
  readonly expectsFailure: RegExp;
  /** The last statement of a `try` that says that the ones before should have failed. */
  readonly shouldHaveFailed?: RegExp;
  /** What is written above a function that is not run, or that is expected to fail. */
  readonly skipped?: RegExp;
}

/** The fields of an `if` in all grammars. */
export const branches = {
  condition: 'condition',
  then: 'consequence',
  otherwise: 'alternative',
} as const;

type Row = readonly [Construct, ...(readonly string[])];

/** What the grammars of several languages have, or what only one calls so. */
const common: readonly Row[] = [
  [{ is: 'name' }, 'identifier', 'type_identifier', 'this', 'self', 'import'],
  [{ is: 'name' }, 'shorthand_property_identifier', 'shorthand_property_identifier_pattern'],
  [{ is: 'name' }, 'shorthand_field_identifier'],
  [{ is: 'text' }, 'string', 'template_string', 'string_literal', 'raw_string_literal'],
  [{ is: 'value' }, 'true', 'false', 'number', 'integer', 'boolean_literal', 'integer_literal'],
  [{ is: 'nothing' }, 'null', 'none'],
  [{ is: 'call', callee: 'function' }, 'call_expression', 'call'],
  [{ is: 'assignment', target: 'left', value: 'right' }, 'assignment_expression', 'assignment'],
  [{ is: 'operator' }, 'binary_expression', 'boolean_operator'],
  [{ is: 'if', ...branches }, 'if_statement', 'ternary_expression'],
  [{ is: 'loop', condition: 'condition' }, 'while_statement'],
  [{ is: 'try' }, 'try_statement'],
  [{ is: 'leave', how: 'return' }, 'return_statement', 'return_expression'],
  [{ is: 'leave', how: 'throw' }, 'throw_statement', 'raise_statement'],
  [{ is: 'leave', how: 'break' }, 'break_statement', 'break_expression'],
  [{ is: 'leave', how: 'continue' }, 'continue_statement', 'continue_expression'],
  [{ is: 'block' }, 'block', 'statement_block'],
  [{ is: 'function', declares: true }, 'function_declaration', 'function_definition', 'function_item'],
  [
    { is: 'function', declares: false },
    'arrow_function',
    'lambda',
    'closure_expression',
    'method_definition',
  ],
  // `a, b` has no tuple around it in Python.
  [{ is: 'wrapper', unless: (node) => named(node).length > 1 }, 'expression_statement'],
  [{ is: 'wrapper' }, 'parenthesized_expression', 'await_expression', 'await', 'else_clause'],
];

/** A table of constructs, each written once with the types of nodes that are spelt this way. */
export function constructTable(...rows: readonly Row[]): ReadonlyMap<string, Construct> {
  return new Map(
    [...common, ...rows].flatMap(([construct, ...types]) => types.map((type) => [type, construct] as const)),
  );
}
