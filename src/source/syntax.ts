import type { Node } from '@vscode/tree-sitter-wasm';
import type { Span } from './span';

/** A node of tree-sitter's tree. Its offsets count UTF-16 code units. */
export type Syntax = Node;

/** The child in a field of the grammar. */
export function field(node: Syntax, name: string): Syntax | undefined {
  return node.childForFieldName(name) ?? undefined;
}

/** All children in a field of the grammar. */
export function fieldsOf(node: Syntax, name: string): readonly Syntax[] {
  return node.childrenForFieldName(name).filter((child) => child !== null);
}

/** The named children, comments left out. */
export function named(node: Syntax | undefined): readonly Syntax[] {
  return (node?.namedChildren ?? []).filter((child): child is Syntax => child !== null && !child.isExtra);
}

/** The named children of one type. */
export function childrenOfType(node: Syntax, ...types: readonly string[]): readonly Syntax[] {
  return named(node).filter(({ type }) => types.includes(type));
}

/** Where a node stands. */
export function spanOf(node: Syntax): Span {
  return { start: node.startIndex, end: node.endIndex };
}
