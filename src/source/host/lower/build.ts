import type { Span } from '../../span';
import { spanOf, type Syntax } from '../../syntax';
import {
  opaque,
  type BindCode,
  type Code,
  type ConditionCode,
  type FunctionCode,
  type LoopCode,
  type Target,
} from '../code';

/** Puts a value where it goes. `more` says what is not so in most cases: a declaration that no single statement makes. */
export function bindTo(target: Target, value: Code, span: Span, more: Partial<BindCode> = {}): BindCode {
  return {
    op: 'bind',
    target,
    value,
    how: 'declare',
    statement: undefined,
    keyword: 'let',
    targetSpan: span,
    ...more,
  };
}

/** A loop over the text of `node`, of which only the parts in `more` are there. */
export function loopOf(
  node: Syntax,
  body: Syntax | undefined,
  more: Pick<LoopCode, 'body'> & Partial<LoopCode>,
): LoopCode {
  return {
    op: 'loop',
    label: undefined,
    before: undefined,
    condition: undefined,
    each: undefined,
    span: spanOf(node),
    bodySpan: spanOf(body ?? node),
    atLeastOnce: false,
    once: false,
    ...more,
  };
}

/** Control leaves for whoever catches it. */
export const throwing: Code = { op: 'leave', how: 'throw', label: undefined, value: undefined };

/** A failure of `body` is expected, if `isExpected`. */
export function expecting(isExpected: boolean, body: Code): Code {
  return isExpected ? { op: 'expect-failure', body } : body;
}

/** A name for the value of a node, which is evaluated once and then looked at again. */
export function subjectOf(node: Syntax): { readonly target: Target; readonly name: Code } {
  const name = `subject ${node.startIndex}`;
  return { target: { type: 'name', name, span: spanOf(node) }, name: { op: 'name', name } };
}

/** Several things one after the other, with names of their own. */
export function inOrder(node: Syntax, body: readonly Code[]): Code {
  return { op: 'block', body, span: spanOf(node), scoped: true };
}

/** `left || right`: the right side is evaluated only if the left one says so, and what the left one does is done once. */
export function either(node: Syntax, condition: ConditionCode, right: Code): Code {
  const left = condition.negated ? opaque : condition.code;
  if (isIdle(left)) return { op: 'if', condition, then: left, otherwise: right };
  const { target, name } = subjectOf(node);
  return inOrder(node, [
    bindTo(target, left, spanOf(node)),
    { op: 'if', condition: { ...condition, code: name }, then: name, otherwise: right },
  ]);
}

/** Whether code can be evaluated twice without doing anything twice. */
function isIdle(code: Code): boolean {
  return (
    code.op === 'name' ||
    code.op === 'literal' ||
    code.op === 'nothing' ||
    (code.op === 'member' && isIdle(code.object)) ||
    (code.op === 'parts' && code.parts.every(isIdle))
  );
}

/** What a language knows of a function beside what {@link Lowering} finds out itself. */
export type OwnFunction = Pick<FunctionCode, 'name' | 'params' | 'body' | 'isAsync'> &
  Partial<Pick<FunctionCode, 'outerNames' | 'decorators'>>;

/** The nodes for which `isEarly` holds before the others. */
export function earlyFirst(nodes: readonly Syntax[], isEarly: (node: Syntax) => boolean): readonly Syntax[] {
  const early = new Set(nodes.filter(isEarly));
  return early.size === 0 ? nodes : [...early, ...nodes.filter((node) => !early.has(node))];
}
