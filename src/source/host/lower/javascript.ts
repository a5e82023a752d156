import { childrenOfType, field, named, spanOf, type Syntax } from '../../syntax';
import type { ArmCode, Code } from '../code';
import { bindCode, opaque } from '../code';
import { constructTable, type LanguageSyntax } from './construct';
import { lowerCondition } from './control';
import { unquoted } from './definitions';
import type { Lowering } from './lowering';

/** How JavaScript and TypeScript are spelt. */
export const javascriptSyntax: LanguageSyntax = {
  words: {
    relevant:
      /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b|\bresetModules\b|\b(?:before|setup)(?:Each|All)?\b/,
    runs: /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b/,
    exits: /\b(?:return|break|continue|throw|exit)\b/g,
  },
  constructs: constructTable(
    [{ is: 'name' }, 'identifier', 'shorthand_property_identifier', 'this', 'import'],
    [{ is: 'name' }, 'shorthand_property_identifier_pattern'],
    [{ is: 'text' }, 'string', 'template_string'],
    [{ is: 'value' }, 'true', 'false', 'number'],
    [{ is: 'nothing' }, 'null'],
    [{ is: 'member', object: 'object', key: 'property' }, 'member_expression'],
    [{ is: 'subscript', object: 'object', index: 'index' }, 'subscript_expression'],
    [{ is: 'call', callee: 'function' }, 'call_expression'],
    [{ is: 'call', callee: 'constructor' }, 'new_expression'],
    [
      { is: 'assignment', target: 'left', value: 'right' },
      'assignment_expression',
      'augmented_assignment_expression',
    ],
    [
      { is: 'declaration', each: 'variable_declarator', target: 'name', copies: true },
      'lexical_declaration',
      'variable_declaration',
    ],
    [{ is: 'own', lower: importStatement }, 'import_statement'],
    [
      { is: 'if', condition: 'condition', then: 'consequence', otherwise: 'alternative' },
      'if_statement',
      'ternary_expression',
    ],
    [{ is: 'operator' }, 'binary_expression'],
    [{ is: 'leave', how: 'return' }, 'return_statement'],
    [{ is: 'leave', how: 'throw' }, 'throw_statement'],
    [{ is: 'leave', how: 'break' }, 'break_statement'],
    [{ is: 'leave', how: 'continue' }, 'continue_statement'],
    [{ is: 'loop', before: 'initializer', condition: 'condition' }, 'for_statement'],
    [{ is: 'loop', before: 'right', each: 'left' }, 'for_in_statement'],
    [{ is: 'loop', condition: 'condition' }, 'while_statement'],
    [{ is: 'loop', condition: 'condition', atLeastOnce: true }, 'do_statement'],
    [{ is: 'own', lower: labelled }, 'labeled_statement'],
    [{ is: 'own', lower: switchStatement }, 'switch_statement'],
    [{ is: 'try' }, 'try_statement'],
    [{ is: 'block' }, 'statement_block'],
    [{ is: 'function', declares: true }, 'function_declaration', 'generator_function_declaration'],
    [{ is: 'function', declares: false }, 'arrow_function', 'function_expression', 'generator_function'],
    [{ is: 'function', declares: false }, 'method_definition'],
    [{ is: 'class', name: 'name', method: 'method_definition' }, 'class_declaration', 'class'],
    [{ is: 'record', key: 'key' }, 'object', 'object_pattern'],
    [{ is: 'wrapper' }, 'parenthesized_expression', 'await_expression', 'as_expression', 'else_clause'],
    [{ is: 'wrapper' }, 'satisfies_expression', 'non_null_expression', 'expression_statement'],
    [{ is: 'wrapper', field: 'left' }, 'assignment_pattern', 'object_assignment_pattern'],
    [{ is: 'wrapper', field: 'pattern' }, 'required_parameter', 'optional_parameter'],
    [{ is: 'own', lower: (node, lowering) => lowering.lower(named(node).at(-1)) }, 'type_assertion'],
    [{ is: 'own', lower: exported }, 'export_statement'],
    [{ is: 'nothing' }, 'rest_pattern'],
  ),
  blockScopes: true,
  /** Functions count from the start of their block, and imports from that of the file. */
  isHoisted: (node) =>
    /^(?:import_statement|.*function_declaration)$/.test(
      (node.type === 'export_statement' ? (field(node, 'declaration') ?? node) : node).type,
    ),
  // `expect(…).toThrow`, `expect(…).rejects.…`, `assert.throws`, `assert.rejects`
  expectsFailure: /^expect\b[^]*\.(?:toThrow\w*|rejects\.\w+)$|(?:^|\.)(?:throws|rejects|throwsAsync)$/,
  // `run.run(); assert.fail('should have trapped');`
  shouldHaveFailed: /^(?:throw\b|(?:assert|expect)\.(?:fail|unreachable)\b|fail\()/,
};

function exported(node: Syntax, lowering: Lowering): Code {
  return lowering.lower(field(node, 'declaration') ?? field(node, 'value'));
}

/** A module is a value that a call of `import` gives, and its names are taken out of it. */
function importStatement(node: Syntax, lowering: Lowering): Code {
  const source = field(node, 'source');
  const [clause] = childrenOfType(node, 'import_clause');
  if (source === undefined || clause === undefined || /^import\s+type\b/.test(lowering.write(node)))
    return opaque;
  const fields = named(clause).flatMap((part): readonly (readonly [string, Code])[] => {
    if (part.type === 'identifier') return [['default', lowering.pattern(part)]];
    if (part.type === 'namespace_import') return [['*', lowering.pattern(named(part)[0])]];
    return childrenOfType(part, 'import_specifier').flatMap((specifier) => {
      const name = field(specifier, 'name');
      return name === undefined
        ? []
        : [[unquoted(name.text), lowering.pattern(field(specifier, 'alias') ?? name)] as const];
    });
  });
  const target: Code = { op: 'record', type: undefined, fields };
  lowering.noteTarget(target);
  return bindCode(
    target,
    {
      op: 'call',
      callee: { op: 'name', name: 'import' },
      args: [{ op: 'literal', kind: 'text', value: unquoted(source.text) }],
      span: spanOf(node),
    },
    spanOf(clause),
  );
}

function labelled(node: Syntax, lowering: Lowering): Code {
  const body = lowering.branch(field(node, 'body'));
  return body.op === 'loop' ? { ...body, label: field(node, 'label')?.text } : body;
}

/** A case without `break` continues with the next one. */
function switchStatement(node: Syntax, lowering: Lowering): Code {
  const cases = named(field(node, 'body'));
  const arms = cases.map((_, index): ArmCode => {
    const end = cases.findIndex(
      (one, at) =>
        at >= index && /\b(?:break|return|throw|continue)\b[^{}]*\}?\s*$/.test(lowering.write(one)),
    );
    const body = cases.slice(index, end < 0 ? undefined : end + 1).map((one): Code => {
      const statements = named(one).filter((part) => part.startIndex !== field(one, 'value')?.startIndex);
      return { op: 'block', body: caseBody(statements, lowering), scoped: true };
    });
    return { code: { op: 'block', body, scoped: false }, holds: undefined };
  });
  const hasDefault = cases.some(({ type }) => type === 'switch_default');
  const none: ArmCode = { code: opaque, holds: undefined };
  return {
    op: 'choose',
    subject: lowerCondition(field(node, 'value'), lowering),
    arms: hasDefault ? arms : [...arms, none],
  };
}

function caseBody(statements: readonly Syntax[], lowering: Lowering): readonly Code[] {
  const last = statements.at(-1);
  const breaks = last?.type === 'break_statement' && field(last, 'label') === undefined;
  const own = breaks ? statements.slice(0, -1) : statements;
  const [only] = own;
  // `case 1: { …; break; }`
  return own.length === 1 && only?.type === 'statement_block'
    ? caseBody(named(only), lowering)
    : own.map((statement) => lowering.branch(statement));
}
