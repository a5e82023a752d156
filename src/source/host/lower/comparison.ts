import { named, type Syntax } from '../../syntax';

/** A condition out of its parentheses and negations, and whether these turn it round. */
export function withoutNegations(
  condition: Syntax | undefined,
  write: (node: Syntax) => string,
): { readonly inner: Syntax | undefined; readonly negated: boolean } {
  let inner = condition;
  let negated = false;
  while (inner !== undefined) {
    const isNegation =
      /^(?:unary_expression|not_operator)$/.test(inner.type) && /^(?:!|not\b)/.test(write(inner));
    if (!isNegation && inner.type !== 'parenthesized_expression') break;
    if (isNegation) negated = !negated;
    [inner] = named(inner);
  }
  return { inner, negated };
}

/** A comparison, as written, for equality: its text is the same for `a == b` and `a != b`. Undefined for other conditions. */
export function comparisonIn(text: string):
  | {
      readonly text: string;
      readonly differs: boolean;
      /** The name that is compared with null, undefined or None. */
      readonly nameOfEmpty: string | undefined;
    }
  | undefined {
  const comparison = /^([^!=<>&|]+?) ?(!==?|===?|is not|is) ?([^!=<>&|]+)$/.exec(text);
  if (comparison === null) return undefined;
  const [, left = '', operator = '', right = ''] = comparison;
  const isEmpty = /^(?:null|undefined|None)$/.test(right) && /^[\w$]+$/.test(left);
  return {
    text: `${left.trim()} == ${right}`,
    differs: operator.startsWith('!') || operator === 'is not',
    nameOfEmpty: isEmpty ? left : undefined,
  };
}
