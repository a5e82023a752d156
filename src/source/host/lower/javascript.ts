import { childrenOfType, field, named, spanOf, type Syntax } from '../../syntax';
import type { ArmCode, Code } from '../code';
import { bindCode, opaque } from '../code';
import { constructTable, type LanguageSyntax } from './construct';
import { loopOf, lowerCondition } from './control';
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
    [{ is: 'member', object: 'object', key: 'property' }, 'member_expression'],
    [{ is: 'subscript', object: 'object', index: 'index' }, 'subscript_expression'],
    [{ is: 'call', callee: 'constructor' }, 'new_expression'],
    [{ is: 'assignment', target: 'left', value: 'right' }, 'augmented_assignment_expression'],
    [{ is: 'declaration', each: 'variable_declarator', target: 'name' }, 'lexical_declaration'],
    [{ is: 'declaration', each: 'variable_declarator', target: 'name' }, 'variable_declaration'],
    [{ is: 'own', lower: importStatement }, 'import_statement'],
    [{ is: 'loop', before: 'initializer', condition: 'condition' }, 'for_statement'],
    [{ is: 'loop', before: 'right', each: 'left' }, 'for_in_statement'],
    [{ is: 'loop', condition: 'condition', atLeastOnce: true }, 'do_statement'],
    [{ is: 'own', lower: labelled }, 'labeled_statement'],
    [{ is: 'own', lower: switchStatement }, 'switch_statement'],
    [{ is: 'function', declares: true }, 'generator_function_declaration'],
    [{ is: 'function', declares: false }, 'function_expression', 'generator_function'],
    [{ is: 'class', name: 'name', method: 'method_definition' }, 'class_declaration', 'class'],
    [{ is: 'record', key: 'key' }, 'object', 'object_pattern'],
    [{ is: 'wrapper' }, 'as_expression', 'satisfies_expression', 'non_null_expression'],
    [{ is: 'wrapper', field: 'left' }, 'assignment_pattern', 'object_assignment_pattern'],
    [{ is: 'wrapper', field: 'pattern' }, 'required_parameter', 'optional_parameter'],
    [{ is: 'own', lower: (node, lowering) => lowering.lower(named(node).at(-1)) }, 'type_assertion'],
    [{ is: 'wrapper', field: 'declaration' }, 'export_statement'],
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

/** A module is a value that a call of `import` gives, and its names are taken out of it. */
function importStatement(node: Syntax, lowering: Lowering): Code {
  const source = field(node, 'source');
  const [clause] = childrenOfType(node, 'import_clause');
  if (source === undefined || clause === undefined || /^import\s+type\b/.test(lowering.write(node)))
    return opaque;
  const fields = named(clause).flatMap((part): readonly (readonly [string, Code])[] => {
    if (part.type === 'identifier') return [['default', lowering.pattern(part)]];
    if (part.type === 'namespace_import') return [['*', lowering.pattern(named(part)[0])]];
    return childrenOfType(part, 'import_specifier').map((specifier) => {
      const name = field(specifier, 'name') ?? specifier;
      return [unquoted(name.text), lowering.pattern(field(specifier, 'alias') ?? name)] as const;
    });
  });
  const target: Code = { op: 'record', type: undefined, fields };
  lowering.noteTarget(target);
  const args: readonly Code[] = [{ op: 'literal', kind: 'text', value: unquoted(source.text) }];
  const callee: Code = { op: 'name', name: 'import' };
  return bindCode(target, { op: 'call', callee, args, span: spanOf(node) }, spanOf(clause));
}

function labelled(node: Syntax, lowering: Lowering): Code {
  const body = lowering.branch(field(node, 'body'));
  return body.op === 'loop' ? { ...body, label: field(node, 'label')?.text } : body;
}

/** A case continues with the next one, unless `break` leaves the statement as it leaves a loop. */
function switchStatement(node: Syntax, lowering: Lowering): Code {
  const cases = named(field(node, 'body'));
  const bodies = cases.map((one): Code => {
    const value = field(one, 'value');
    const statements = named(one).filter(({ startIndex }) => startIndex !== value?.startIndex);
    return { op: 'block', body: statements.map((part) => lowering.branch(part)), scoped: true };
  });
  const arms = bodies.map((_, index): ArmCode => ({
    code: { op: 'block', body: bodies.slice(index), scoped: false },
    holds: undefined,
  }));
  const hasDefault = cases.some(({ type }) => type === 'switch_default');
  const choice: Code = {
    op: 'choose',
    subject: lowerCondition(field(node, 'value'), lowering),
    arms: hasDefault ? arms : [...arms, { code: opaque, holds: undefined }],
  };
  return loopOf(node, { body: choice, isSwitch: true, once: true }, lowering);
}
