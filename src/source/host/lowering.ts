import type { Span } from '../span';
import { textOf } from '../span';
import type { Syntax } from '../syntax';
import { named, spanOf } from '../syntax';
import type { Code, ConditionCode, FunctionCode, Target } from './code';
import { opaque } from './code';
import type { Relevance } from './relevance';

/** What turning a language's tree into {@link Code} has in common: what does not matter is passed over. */
export abstract class Lowering {
  protected readonly text: string;
  protected readonly relevance: Relevance;

  constructor(text: string, relevance: Relevance) {
    this.text = text;
    this.relevance = relevance;
  }

  /** Names stay names wherever they stand; anything else is looked at only if it has a word that matters in it. */
  protected lower(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const plain = this.lowerPlain(node);
    if (plain !== undefined) return plain;
    if (!this.relevance.matters(spanOf(node))) return opaque;
    return this.lowerRelevant(node) ?? { op: 'parts', parts: named(node).map((child) => this.lower(child)) };
  }

  /** What a call is made on is looked at as a whole: `items.forEach` says that its argument is called. */
  protected lowerCallee(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    return (
      this.lowerPlain(node) ?? (this.isChain(node) ? (this.lowerRelevant(node) ?? opaque) : this.lower(node))
    );
  }

  /** Whether a node is a member or call, one link of `a.b().c`. */
  protected abstract isChain(node: Syntax): boolean;

  /** Names and literals: cheap, and their values can matter without their words. */
  protected abstract lowerPlain(node: Syntax): Code | undefined;

  /** The language's constructs; left out for those that only have operands. */
  protected abstract lowerRelevant(node: Syntax): Code | undefined;

  /** The statements of a block that matter, with those that leave it. */
  protected lowerList(nodes: readonly Syntax[]): readonly Code[] {
    const marked = nodes.map((node) => {
      const span = spanOf(node);
      return { node, span, matters: this.relevance.matters(span) };
    });
    if (!marked.some(({ matters }) => matters)) return [];
    return marked
      .filter(({ matters, span }) => matters || this.relevance.leaves(span))
      .map(({ node, matters }) => (matters ? this.lower(node) : this.lowerLeaving(node)));
  }

  /** A statement that matters only because control can leave in it. */
  protected lowerLeaving(node: Syntax): Code {
    return (
      this.lowerRelevant(node) ?? { op: 'parts', parts: named(node).map((child) => this.lowerLeaving(child)) }
    );
  }

  protected block(nodes: readonly Syntax[], span: Span, scoped: boolean): Code {
    return { op: 'block', body: this.lowerList(nodes), span, scoped };
  }

  protected write(node: Syntax): string {
    return textOf(this.text, spanOf(node));
  }

  /** A condition, taken out of its parentheses and negations. */
  protected condition(node: Syntax | undefined): ConditionCode {
    let negated = false;
    let inner = node;
    for (let next = inner; next !== undefined; next = inner) {
      const [operand] = named(next);
      if (next.type === 'parenthesized_expression') inner = operand;
      else if (
        /^(?:unary_expression|not_operator)$/.test(next.type) &&
        /^(?:!|not\b)/.test(this.write(next))
      ) {
        negated = !negated;
        inner = operand;
      } else break;
    }
    const code = this.lower(inner);
    const text = inner === undefined ? '' : this.write(inner).replace(/\s+/g, ' ');
    const names = text.match(/[A-Za-z_$][\w$]*/g) ?? [];
    if (code.op === 'name') this.relevance.addName(code.name);
    const comparison = /^([^!=<>&|]+?) ?(!==?|===?|is not|is) ?([^!=<>&|]+)$/.exec(text);
    const [, left = '', operator = '', right = ''] = comparison ?? [];
    if (comparison !== null) {
      const differs = operator.startsWith('!') || operator === 'is not';
      if (/^(?:null|undefined|None)$/.test(right) && /^[\w$]+$/.test(left)) {
        this.relevance.addName(left);
        return { code: { op: 'name', name: left }, text: left, negated: differs ? negated : !negated, names };
      }
      return {
        code: opaque,
        text: `${left.trim()} == ${right}`,
        negated: differs ? !negated : negated,
        names,
      };
    }
    return { code, text, negated, names };
  }

  /** Names that a mattering value goes to matter too. */
  protected noteTarget(target: Target): void {
    if (target.type === 'name') this.relevance.addName(target.name);
    else if (target.type === 'fields')
      target.fields.forEach(([, inner]) => {
        this.noteTarget(inner);
      });
    else if (target.type === 'items')
      target.items.forEach((inner) => {
        this.noteTarget(inner);
      });
    else if (target.type === 'member' && target.key !== undefined) this.relevance.addName(target.key);
  }

  protected noteFunction(fn: FunctionCode): FunctionCode {
    if (fn.name !== undefined && this.relevance.matters(fn.span)) this.relevance.addName(fn.name, fn.mayRun);
    return fn;
  }
}
