import { childrenOfType, field, fieldsOf, named, spanOf, type Syntax } from '../../syntax';
import type { ArmCode, Code, ConditionCode, LoopCode } from '../code';
import { bindCode, expecting, ifCode, leaveCode, loopCode, mayEnd, opaque } from '../code';
import type { ConstructOf } from './construct';
import type { Lowering } from './lowering';

/** A header that says that there is one pass at most: `i = 0; i < 1;`, `in range(1)`, `in 0..1`. */
const singlePass =
  /=\s*0\s*;[^;]*<\s*1\s*;|\bin\s+(?:range\(\s*(?:0\s*,\s*)?1\s*\)|\(?\s*0\s*\.\.\s*(?:1|=\s*0)\s*\)?)[\s:]*$/;

/** Both branches; `elif` is an `if` in the other one. */
export function lowerIf(
  node: Syntax,
  fields: Omit<ConstructOf<'if'>, 'is'>,
  lowering: Lowering,
  [next, ...rest] = fieldsOf(node, fields.otherwise),
): Code {
  return ifCode(
    lowerCondition(field(node, fields.condition), lowering),
    lowering.branch(field(node, fields.then)),
    next?.type === 'elif_clause' ? lowerIf(next, fields, lowering, rest) : lowering.branch(next),
  );
}

/** `a && b`, `a || b`: the left side says whether the right one counts. Undefined for other operators. */
export function lowerOperator(node: Syntax, lowering: Lowering): Code | undefined {
  const operator = field(node, 'operator')?.text ?? '';
  if (!/^(?:&&|\|\||\?\?|and|or)$/.test(operator)) return undefined;
  const condition = lowerCondition(field(node, 'left'), lowering);
  const right = lowering.lower(field(node, 'right'));
  if (operator === '&&' || operator === 'and') return ifCode(condition, right);
  const name = `left of ${node.startIndex}`;
  const left: Code = condition.negated ? opaque : { op: 'name', name };
  const arms = ifCode(condition, left, right).arms.map((arm): ArmCode => ({
    ...arm,
    pattern: { op: 'name', name },
  }));
  return { op: 'choose', subject: condition, arms };
}

/** `return a`, `break label` and the like. */
export function lowerLeave(node: Syntax, { how }: ConstructOf<'leave'>, lowering: Lowering): Code {
  const label = field(node, 'label') ?? childrenOfType(node, 'label')[0];
  const value = named(node).find(({ startIndex }) => startIndex !== label?.startIndex);
  return leaveCode(how, labelText(label), value === undefined ? undefined : lowering.lower(value));
}

/** A loop whose parts are in fields. */
export function lowerLoop(node: Syntax, construct: ConstructOf<'loop'>, lowering: Lowering): Code {
  const { before, each, condition, atLeastOnce = false } = construct;
  const start = before === undefined ? undefined : field(node, before);
  const asked = condition === undefined ? undefined : field(node, condition);
  const otherwise = field(node, 'alternative');
  const parts = {
    // What a loop counts with matters without a keyword: it says in which pass a condition holds.
    before: start?.type === 'lexical_declaration' ? lowering.lowerWhole(start) : lowering.lower(start),
    head: each === undefined ? leaveUnless(asked, lowering) : takeEach(field(node, each), lowering),
    body: lowering.branch(field(node, 'body')),
    atLeastOnce,
  };
  const loop = loopOf(node, parts, lowering);
  return otherwise === undefined ? loop : { op: 'parts', parts: [loop, lowering.branch(otherwise)] };
}

/** A loop over the text of `node`. `header` says how often it goes, if the text before the body does not. */
export function loopOf(
  node: Syntax,
  parts: Partial<LoopCode>,
  { program: { text } }: Lowering,
  header?: Syntax,
): LoopCode {
  const body = field(node, 'body') ?? node;
  const written = text.slice((header ?? node).startIndex, header?.endIndex ?? body.startIndex);
  const label = labelText(childrenOfType(node, 'label')[0]);
  return loopCode(spanOf(node), spanOf(body), { label, once: singlePass.test(written), ...parts });
}

/** The head of a loop that iterates: it may end, and otherwise takes the next one. */
export function takeEach(node: Syntax | undefined, lowering: Lowering): Code {
  const bind = node === undefined ? opaque : bindCode(lowering.pattern(node), opaque, spanOf(node));
  return { op: 'parts', parts: [mayEnd, bind] };
}

/** The head of a loop with a condition; none if that always holds. Its outcome tells nothing for later. */
function leaveUnless(node: Syntax | undefined, lowering: Lowering): Code | undefined {
  if (node === undefined || node.type === ';') return undefined;
  const condition = lowerCondition(node, lowering);
  if (condition.text === 'true' || condition.text === 'True') return undefined;
  return ifCode({ ...condition, text: undefined }, opaque, leaveCode('break'));
}

function labelText(label: Syntax | undefined): string | undefined {
  return label?.text.replace(/^'/, '');
}

/** A `try` with its handlers. The last statement of its body may say that it should have failed. */
export function lowerTry(node: Syntax, lowering: Lowering): Code {
  const clauses = (...types: readonly string[]) =>
    childrenOfType(node, ...types).map((clause) =>
      lowering.branch(field(clause, 'body') ?? childrenOfType(clause, 'block')[0]),
    );
  const handlers = clauses('catch_clause', 'except_clause', 'except_group_clause');
  const [first, ...others] = handlers;
  const [finalizer] = clauses('finally_clause');
  const body = field(node, 'body');
  const last = named(body).at(-1)?.text ?? '';
  const isExpected = handlers.length > 0 && lowering.syntax.shouldHaveFailed?.test(last) === true;
  const subject = { code: opaque, text: `handlers ${node.startIndex}`, negated: false, names: [] };
  const arms = handlers.map((code) => ({ code, holds: undefined }));
  return {
    op: 'try',
    body: { op: 'parts', parts: [expecting(isExpected, lowering.branch(body)), ...clauses('else_clause')] },
    handler: others.length > 0 ? { op: 'choose', subject, arms } : first,
    finalizer,
  };
}

/** A condition, taken out of its parentheses and negations. */
export function lowerCondition(node: Syntax | undefined, lowering: Lowering): ConditionCode {
  let inner = node;
  let negated = false;
  while (inner !== undefined) {
    const isNegation =
      /^(?:unary_expression|not_operator)$/.test(inner.type) && /^(?:!|not\b)/.test(lowering.write(inner));
    if (!isNegation && inner.type !== 'parenthesized_expression') break;
    if (isNegation) negated = !negated;
    [inner] = named(inner);
  }
  const code = lowering.lower(inner);
  const text = inner === undefined ? '' : lowering.write(inner).replace(/\s+/g, ' ');
  const names = text.match(/[A-Za-z_$][\w$]*/g) ?? [];
  const compared = comparisonIn(text);
  const asked: Code = compared?.isEmpty === true ? { op: 'name', name: compared.text } : code;
  if (asked.op === 'name') lowering.filter.addName(asked.name);
  if (compared === undefined) return { code, text, negated, names };
  // `a == null` holds if `a` does not count as true.
  const isTurned = compared.differs !== negated;
  return { code: asked, text: compared.text, negated: compared.isEmpty ? !isTurned : isTurned, names };
}

/**
 * A comparison for equality: its text is the same for `a == b` and `a != b`, and a name for one with null, undefined
 * or None. Undefined for other conditions.
 */
function comparisonIn(text: string): { text: string; differs: boolean; isEmpty: boolean } | undefined {
  const [, option, asked] = /^(\w+)\.(is_none|is_some)\(\)$/.exec(text) ?? [];
  if (option !== undefined) return { text: option, differs: asked === 'is_some', isEmpty: true };
  const comparison = /^([^!=<>&|]+?) ?(!==?|===?|is not|is) ?([^!=<>&|]+)$/.exec(text);
  if (comparison === null) return undefined;
  const [, left = '', operator = '', right = ''] = comparison;
  const isEmpty = /^(?:null|undefined|None)$/.test(right) && /^[\w$]+$/.test(left);
  const differs = operator.startsWith('!') || operator === 'is not';
  return { text: isEmpty ? left : `${left.trim()} == ${right}`, differs, isEmpty };
}
