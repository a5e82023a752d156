import { isRunInterface } from '../host/semantics';
import type { Syntax } from '../syntax';
import { childrenOfType, field, named } from '../syntax';

/**
 * Finds what JavaScript or TypeScript exports as `wasi:cli/run`: an object, class or instance called `run`
 * that has a `run` of its own.
 */
export function findJavaScriptGuest(root: Syntax): readonly Syntax[] {
  return childrenOfType(root, 'export_statement').flatMap((statement) => {
    const declaration = field(statement, 'declaration');
    if (declaration !== undefined) return fromDeclaration(declaration, root);
    if (field(statement, 'source') !== undefined) return [];
    return childrenOfType(statement, 'export_clause').flatMap((clause) =>
      childrenOfType(clause, 'export_specifier').flatMap((specifier) => fromSpecifier(specifier, root)),
    );
  });
}

/** `export const run = …`, `export class run …` */
function fromDeclaration(declaration: Syntax, root: Syntax): readonly Syntax[] {
  if (declaration.type === 'class_declaration') {
    return field(declaration, 'name')?.text === 'run' ? runOfClass(declaration) : [];
  }
  return childrenOfType(declaration, 'variable_declarator')
    .filter((declarator) => field(declarator, 'name')?.text === 'run')
    .flatMap((declarator) => runOf(field(declarator, 'value'), root));
}

/** `export { cli as run }`, `export { cli as 'wasi:cli/run@0.2.3' }` */
function fromSpecifier(specifier: Syntax, root: Syntax): readonly Syntax[] {
  const name = field(specifier, 'name');
  const exported = (field(specifier, 'alias') ?? name)?.text.replace(/^['"]|['"]$/g, '');
  return name !== undefined && exported !== undefined && (exported === 'run' || isRunInterface(exported))
    ? runOf(name, root)
    : [];
}

/**
 * The `run` that a value has: of an object, of a new instance of a class of this file, of what a name stands
 * for.
 */
function runOf(value: Syntax | undefined, root: Syntax): readonly Syntax[] {
  switch (value?.type) {
    case 'object':
      return named(value)
        .map((member) =>
          member.type === 'shorthand_property_identifier'
            ? member
            : (field(member, 'key') ?? field(member, 'name')),
        )
        .filter((key): key is Syntax => key?.text === 'run');
    case 'as_expression':
    case 'satisfies_expression':
    case 'parenthesized_expression':
      return runOf(named(value)[0], root);
    case 'call_expression':
      return field(value, 'function')?.text === 'Object.freeze'
        ? runOf(named(field(value, 'arguments'))[0], root)
        : [];
    case 'new_expression':
      return runOf(field(value, 'constructor'), root);
    case 'class':
      return runOfClass(value);
    case 'identifier':
      return declarationsOf(value.text, root).flatMap((found) =>
        found.type === 'class_declaration' ? runOfClass(found) : runOf(found, root),
      );
    default:
      return [];
  }
}

function runOfClass(declared: Syntax): readonly Syntax[] {
  return named(field(declared, 'body'))
    .filter(({ type }) => type === 'method_definition' || type.endsWith('field_definition'))
    .map((member) => field(member, 'name') ?? field(member, 'property'))
    .filter((name): name is Syntax => name?.text === 'run');
}

/** The classes and values that a file gives a name at its top. */
function declarationsOf(name: string, root: Syntax): readonly Syntax[] {
  const statements = named(root).map((statement) =>
    statement.type === 'export_statement' ? field(statement, 'declaration') : statement,
  );
  return statements.flatMap((statement) => {
    if (statement?.type === 'class_declaration')
      return field(statement, 'name')?.text === name ? [statement] : [];
    if (!statement?.type.endsWith('_declaration')) return [];
    return childrenOfType(statement, 'variable_declarator')
      .filter((declarator) => field(declarator, 'name')?.text === name)
      .flatMap((declarator) => field(declarator, 'value') ?? [])
      .filter((value) => value.type !== 'identifier');
  });
}
