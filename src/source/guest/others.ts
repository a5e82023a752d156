import type { Syntax } from '../syntax';
import { childrenOfType, field, named } from '../syntax';

/**
 * Finds `impl Guest for … { fn run }` of wit-bindgen's trait for `wasi:cli/run`, under any name that it was
 * imported as.
 */
export function findRustGuest(root: Syntax, text: string): readonly Syntax[] {
  const brought = /\bcli::run::(?:\{[^}]*\b)?Guest(?:\s+as\s+(?<alias>\w+))?/.exec(text);
  const local = brought === null ? undefined : (brought.groups?.alias ?? 'Guest');
  const isGuest = (name: string) => /(?:^|::)run::Guest$/.test(name) || name === local;
  return withModules(root).flatMap((list) =>
    childrenOfType(list, 'impl_item')
      .filter((item) => isGuest(field(item, 'trait')?.text ?? ''))
      .flatMap((item) => childrenOfType(field(item, 'body') ?? item, 'function_item'))
      .flatMap((method) => field(method, 'name') ?? [])
      .filter((name) => name.text === 'run'),
  );
}

function withModules(list: Syntax): readonly Syntax[] {
  const inner = childrenOfType(list, 'mod_item').flatMap((item) => field(item, 'body') ?? []);
  return [list, ...inner.flatMap(withModules)];
}

/** Finds `func main` of a Go package main, and `Exports.Run =` of wit-bindgen-go. */
export function findGoGuest(root: Syntax): readonly Syntax[] {
  const isMain = childrenOfType(root, 'package_clause').some((clause) => named(clause)[0]?.text === 'main');
  const mains = childrenOfType(root, 'function_declaration')
    .flatMap((item) => field(item, 'name') ?? [])
    .filter(({ text }) => isMain && text === 'main');
  const functions = childrenOfType(root, 'function_declaration');
  const assignments = functions
    .flatMap((item) => field(item, 'body') ?? [])
    .flatMap((body) => body.descendantsOfType('assignment_statement'))
    .flatMap((assignment) => (assignment === null ? [] : (field(assignment, 'left') ?? [])))
    .filter(({ text }) => /(?:^|\.)Exports\.Run$/.test(text));
  return [...mains, ...assignments].sort((a, b) => a.startIndex - b.startIndex);
}

/** Finds `def run` of a class that implements componentize-py's `Run`. */
export function findPythonGuest(root: Syntax, text: string): readonly Syntax[] {
  const isGuest = /\bwit_world\b|\bcomponentize_py\w*|\bexports\b/.test(text);
  if (!isGuest) return [];
  return named(root)
    .map((statement) =>
      statement.type === 'decorated_definition' ? field(statement, 'definition') : statement,
    )
    .filter(
      (statement): statement is Syntax => statement?.type === 'class_definition' && isRunClass(statement),
    )
    .flatMap((declared) => named(field(declared, 'body')))
    .map((member) =>
      member.type === 'decorated_definition' ? (field(member, 'definition') ?? member) : member,
    )
    .filter(({ type }) => type === 'function_definition')
    .flatMap((method) => field(method, 'name') ?? [])
    .filter((name) => name.text === 'run');
}

/** `class Run(exports.Run)`, `class Command(wit_world.exports.Run)`, and `class Run` without a base. */
function isRunClass(declared: Syntax): boolean {
  const bases = named(field(declared, 'superclasses')).map(({ text }) => text);
  return bases.length === 0
    ? field(declared, 'name')?.text === 'Run'
    : bases.some((base) => /(?:^|\.)(?:WasiCli)?Run(?:_?[\d_]+)?$/.test(base));
}
