import { childrenOfType, field, named, spanOf, type Syntax } from '../../syntax';
import { bindCode, expecting, leaveCode, mayEnd, opaque, type ArmCode, type Code } from '../code';
import { branches, constructTable, type LanguageSyntax } from './construct';
import { loopOf, lowerCondition, lowerIf, lowerLoop } from './control';
import type { Lowering } from './lowering';

/** How Rust is spelt. */
export const rustSyntax: LanguageSyntax = {
  words: {
    relevant:
      /\bcall_run\b|\bwasi_cli_run\w*|\binstantiate\w*|\bget_(?:typed_)?func\b|\bget_export\w*|\btyped_func\b|wasi:cli\/run|\bComponent\b|\bCommand\w*|\.wasm"/,
    runs: /\bcall_run\b|\binstantiate\w*|\bget_(?:typed_)?func\b|\btyped_func\b/,
    exits: /\b(?:return|break|continue|panic|bail|exit|unreachable|todo)\b/g,
  },
  constructs: constructTable(
    [{ is: 'path', object: 'path', key: 'name' }, 'scoped_identifier'],
    [{ is: 'member', object: 'value', key: 'field' }, 'field_expression'],
    [{ is: 'subscript' }, 'index_expression'],
    [{ is: 'wrapper', field: 'function' }, 'generic_function'],
    [{ is: 'own', lower: macro }, 'macro_invocation'],
    [{ is: 'declaration', target: 'pattern' }, 'let_declaration'],
    [{ is: 'declaration', target: 'name' }, 'const_item', 'static_item'],
    [{ is: 'own', lower: ifExpression }, 'if_expression'],
    [{ is: 'own', lower: match }, 'match_expression'],
    [{ is: 'loop', before: 'value', each: 'pattern' }, 'for_expression'],
    [{ is: 'own', lower: whileExpression }, 'while_expression'],
    [{ is: 'loop' }, 'loop_expression'],
    [{ is: 'block', body: 'body' }, 'mod_item'],
    [{ is: 'class', name: 'type', method: 'function_item' }, 'impl_item'],
    [{ is: 'record', type: 'name', fields: 'body', key: 'field' }, 'struct_expression'],
    [{ is: 'record', key: 'name', value: 'pattern' }, 'struct_pattern'],
    [{ is: 'wrapper' }, 'try_expression', 'unsafe_block', 'async_block'],
    [{ is: 'wrapper', field: 'value' }, 'reference_expression', 'type_cast_expression'],
    [{ is: 'wrapper', field: 'pattern' }, 'parameter'],
    [{ is: 'wrapper', unless: ({ text }) => text.startsWith('!') }, 'unary_expression'],
    [{ is: 'own', lower: lastPart }, 'self_parameter', 'tuple_struct_pattern', 'match_pattern'],
    [{ is: 'own', lower: lastPart }, 'mut_pattern', 'ref_pattern', 'reference_pattern'],
    [{ is: 'own', lower: tuple }, 'tuple_pattern'],
  ),
  blockScopes: true,
  /** Items count from the start of their block. */
  isHoisted: ({ type }) => type.endsWith('_item') && type !== 'attribute_item',
  // `….call_run(&mut store).is_err()`
  expectsFailure: /\.(?:is_err|unwrap_err|expect_err)$/,
  skipped: /\bshould_panic\b/,
};

const leavingMacros = new Set(['panic', 'bail', 'unreachable', 'todo', 'unimplemented']);

function macro(node: Syntax, lowering: Lowering): Code {
  const name = field(node, 'macro')?.text.split('::').at(-1) ?? '';
  if (leavingMacros.has(name)) return leaveCode('throw');
  const [tokens] = childrenOfType(node, 'token_tree');
  if (tokens === undefined) return opaque;
  if (name === 'include_bytes' || name === 'concat') {
    const file = /"([^"]*\.wasm)"/.exec(tokens.text)?.[1];
    return file === undefined ? opaque : { op: 'literal', kind: 'text', value: file };
  }
  // The grammar leaves what stands between a macro's braces as tokens.
  const inside = lowering.program.parseInside({ start: tokens.startIndex + 1, end: tokens.endIndex - 1 });
  return { op: 'parts', parts: named(inside).map((part) => lowering.lower(part)) };
}

function ifExpression(node: Syntax, lowering: Lowering): Code {
  const condition = field(node, branches.condition);
  if (condition?.type !== 'let_condition') return lowerIf(node, branches, lowering);
  const then = arm(field(condition, 'pattern'), field(node, branches.then), lowering);
  const otherwise: ArmCode = {
    code: lowering.branch(field(node, branches.otherwise)),
    holds: then.holds === undefined ? undefined : !then.holds,
  };
  const subject = lowerCondition(field(condition, 'value'), lowering);
  return { op: 'choose', subject, arms: [then, otherwise] };
}

function match(node: Syntax, lowering: Lowering): Code {
  const arms = childrenOfType(field(node, 'body') ?? node, 'match_arm');
  // `Ok(_) => panic!("should have trapped")`
  const isExpected = arms.some(
    ({ text }) => /^Ok\b/.test(text) && /=>\s*\{?\s*(?:panic|unreachable)!/.test(text),
  );
  const subject = lowerCondition(field(node, 'value'), lowering);
  return {
    op: 'choose',
    subject: { ...subject, code: expecting(isExpected, subject.code) },
    arms: arms.map((one) => arm(field(one, 'pattern'), field(one, 'value'), lowering)),
  };
}

/** `Some(…)` is for what counts as true, `None` for what counts as false. */
function arm(pattern: Syntax | undefined, code: Syntax | undefined, lowering: Lowering): ArmCode {
  const name = /^\w+/.exec(pattern?.text ?? '')?.[0];
  const target = lowering.pattern(pattern);
  return {
    pattern: target,
    code: lowering.branch(code),
    holds: name === 'Some' ? true : name === 'None' ? false : undefined,
  };
}

/** The value of `while let` is evaluated before each pass. */
function whileExpression(node: Syntax, lowering: Lowering): Code {
  const condition = field(node, 'condition');
  if (condition?.type !== 'let_condition')
    return lowerLoop(node, { is: 'loop', condition: 'condition' }, lowering);
  const pattern = field(condition, 'pattern');
  const value = lowering.lower(field(condition, 'value'));
  const bind = bindCode(lowering.pattern(pattern), value, spanOf(pattern ?? condition));
  const head: Code = { op: 'parts', parts: [bind, mayEnd] };
  return loopOf(node, { head, body: lowering.branch(field(node, 'body')) }, lowering);
}

/** The part of a pattern that takes the value: `x` of `Some(x)`, `mut x` and `&mut self`. */
function lastPart(node: Syntax, lowering: Lowering): Code {
  const inner = named(node).findLast(({ type }) => type !== 'mutable_specifier');
  return inner?.startIndex === field(node, 'type')?.startIndex ? opaque : lowering.pattern(inner);
}

/** `_` is a part of a tuple, too, though it has no name. */
function tuple(node: Syntax, lowering: Lowering): Code {
  const parts = node.children.filter((part) => part?.isNamed === true || part?.type === '_');
  const items = parts.filter((part) => part?.type !== 'mutable_specifier');
  return {
    op: 'parts',
    parts: items.map((part) => lowering.pattern(part?.isNamed === true ? part : undefined)),
  };
}
