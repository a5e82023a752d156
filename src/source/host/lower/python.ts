import { childrenOfType, field, fieldsOf, named, spanOf, type Syntax } from '../../syntax';
import { bindCode, expecting, ifCode, opaque, type ArmCode, type Code } from '../code';
import { constructTable, type LanguageSyntax } from './construct';
import { loopOf, lowerCondition, takeEach } from './control';
import { bindTo } from './definitions';
import type { Lowering } from './lowering';

// `pytest.raises(…)`, `self.assertRaises(…)`
const raises = /^(?:pytest\.raises|raises|self\.assertRaises\w*)\b/;

/** How Python is spelt. */
export const pythonSyntax: LanguageSyntax = {
  words: {
    relevant:
      /\bget_func\b|\bget_export_index\b|\binstantiate\b|wasi:cli\/run|\bComponent\b|\brun\b|\.wasm\b|\bRoot\b/,
    runs: /\bget_func\b|\brun\b|\binstantiate\b|\bRoot\b/,
    exits: /\b(?:return|break|continue|raise|exit|_exit|quit)\b/g,
  },
  constructs: constructTable(
    [{ is: 'member', object: 'object', key: 'attribute' }, 'attribute'],
    [{ is: 'subscript', object: 'value', index: 'subscript' }, 'subscript'],
    [{ is: 'assignment', target: 'name', value: 'value' }, 'named_expression'],
    [{ is: 'own', lower: importFrom }, 'import_from_statement'],
    [{ is: 'own', lower: conditional }, 'conditional_expression'],
    [{ is: 'own', lower: match }, 'match_statement'],
    [{ is: 'loop', before: 'right', each: 'left' }, 'for_statement'],
    [{ is: 'own', lower: comprehension }, 'list_comprehension', 'set_comprehension'],
    [{ is: 'own', lower: comprehension }, 'dictionary_comprehension', 'generator_expression'],
    [{ is: 'own', lower: withStatement }, 'with_statement'],
    [{ is: 'class', name: 'name', method: 'function_definition', bases: 'superclasses' }, 'class_definition'],
    [{ is: 'wrapper', field: 'definition' }, 'decorated_definition'],
    [{ is: 'wrapper' }, 'type', 'as_pattern_target'],
    [{ is: 'wrapper' }, 'typed_parameter', 'list_splat_pattern', 'dictionary_splat_pattern'],
    [{ is: 'wrapper', field: 'name' }, 'default_parameter', 'typed_default_parameter'],
    [{ is: 'wrapper', field: 'value' }, 'keyword_argument'],
  ),
  blockScopes: false,
  expectsFailure: raises,
  // `run(store)`, then `pytest.fail("should have trapped")`
  shouldHaveFailed: /^(?:raise\b|assert False\b|(?:pytest|self)\.fail\()/,
  skipped: /skip|expectedFailure/,
};

function importFrom(node: Syntax, lowering: Lowering): Code {
  const source = field(node, 'module_name')?.text ?? '';
  const isPlain = !/^(?:unittest|typing|threading|multiprocessing|subprocess|asyncio)\b/.test(source);
  const parts = fieldsOf(node, 'name').map((part): Code => {
    const name = field(part, 'name') ?? part;
    const local = field(part, 'alias') ?? name;
    if (name.text === 'Root' && isPlain) lowering.filter.addName(local.text);
    const module: Code = { op: 'name', name: `from ${source}` };
    const value: Code = { op: 'member', object: module, key: name.text };
    return bindCode({ op: 'name', name: local.text }, value, spanOf(local), { how: 'var' });
  });
  return { op: 'parts', parts };
}

/** `a if b else c` */
function conditional(node: Syntax, lowering: Lowering): Code {
  const [then, condition, otherwise] = named(node);
  return ifCode(lowerCondition(condition, lowering), lowering.lower(then), lowering.lower(otherwise));
}

function match(node: Syntax, lowering: Lowering): Code {
  const cases = childrenOfType(field(node, 'body') ?? node, 'case_clause');
  const arms = cases.map((one): ArmCode => ({
    code: lowering.branch(field(one, 'consequence')),
    holds: undefined,
  }));
  const none: ArmCode = { code: opaque, holds: undefined };
  const takesAll = cases.some((one) => childrenOfType(one, 'case_pattern').some(({ text }) => text === '_'));
  const subject = lowerCondition(field(node, 'subject'), lowering);
  return { op: 'choose', subject, arms: takesAll ? arms : [...arms, none] };
}

/** A comprehension is a loop over its first clause. */
function comprehension(node: Syntax, lowering: Lowering): Code {
  const [clause = node] = childrenOfType(node, 'for_in_clause');
  const [filter] = childrenOfType(node, 'if_clause');
  const value = lowering.lower(field(node, 'body'));
  const parts = {
    before: lowering.lower(field(clause, 'right')),
    head: takeEach(field(clause, 'left'), lowering),
    body: filter === undefined ? value : ifCode(lowerCondition(named(filter)[0], lowering), value),
  };
  return loopOf(node, parts, lowering, clause);
}

function withStatement(node: Syntax, lowering: Lowering): Code {
  const items = named(childrenOfType(node, 'with_clause')[0]);
  const opening = items.map((item): Code => {
    const value = field(item, 'value');
    const [subject] = named(value);
    const alias = value?.type === 'as_pattern' ? field(value, 'alias') : undefined;
    return subject === undefined || alias === undefined
      ? lowering.lower(value)
      : bindTo(lowering.pattern(alias), subject, alias, { how: 'var' }, lowering);
  });
  const failing = items.some((item) => raises.test(item.text));
  const body = expecting(failing, lowering.branch(field(node, 'body')));
  const all: Code = { op: 'parts', parts: [...opening, body] };
  // A test of a failure continues after the first failure.
  return failing ? { op: 'try', body: all, handler: opaque, finalizer: undefined } : all;
}
