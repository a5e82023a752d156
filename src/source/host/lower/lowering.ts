import type { Span } from '../../span';
import { textOf } from '../../span';
import type { Syntax } from '../../syntax';
import { childrenOfType, field, named, spanOf } from '../../syntax';
import type { ClassCode, Code, ConditionCode, FunctionCode, Target } from '../code';
import { namesIn, namesTaking, opaque } from '../code';
import type { Relevance } from '../relevance';
import { bindTo, either, expecting, type OwnFunction } from './build';
import { comparisonIn, withoutNegations } from './comparison';
import type { Construct, LanguageTables } from './construct';

/** Turns the tree of a language into {@link Code}, by its tables; what does not matter is passed over. */
export abstract class Lowering {
  protected readonly text: string;
  protected readonly relevance: Relevance;
  readonly #tables: LanguageTables;

  constructor(text: string, relevance: Relevance, tables: LanguageTables) {
    this.text = text;
    this.relevance = relevance;
    this.#tables = tables;
  }

  /** A whole file. */
  lowerFile(root: Syntax): Code {
    return this.block(named(root), spanOf(root));
  }

  /** Names and literals, which are in no table: cheap, and their values can matter without their words. */
  protected abstract lowerPlain(node: Syntax, type: string): Code | undefined;

  /** What only this language has, or spells in its own way; undefined for the rest. */
  protected abstract lowerOwn(node: Syntax, type: string): Code | undefined;

  /** A function, with what the language knows of it. */
  protected abstract ownFunction(node: Syntax): OwnFunction;

  /** What takes values in this language's own way. */
  protected abstract ownTarget(node: Syntax, type: string): Target;

  /** The arguments of a call. */
  protected argumentsOf(node: Syntax): readonly Syntax[] {
    return named(field(node, 'arguments'));
  }

  /** A block of statements, in the order in which they count. */
  protected abstract block(nodes: readonly Syntax[], span: Span): Code;

  /** Names stay names wherever they stand; anything else is looked at only if it has a word that matters in it. */
  protected lower(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const { type } = node; // tree-sitter looks it up each time
    const construct = this.#construct(type);
    const plain = this.#plain(node, type, construct);
    if (plain !== undefined) return plain;
    return this.relevance.matters(spanOf(node)) ? this.#whole(node, type, construct) : opaque;
  }

  /** What a call is made on is looked at as a whole: `items.forEach` says that its argument is called. */
  protected lowerCallee(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const { type } = node;
    const construct = this.#construct(type);
    const is = construct?.is;
    const isChain = is === 'member' || is === 'subscript' || is === 'call';
    return isChain ? this.#whole(node, type, construct) : this.lower(node);
  }

  /** A part as a whole, whether it has a word that matters or not. */
  protected lowerWhole(node: Syntax): Code {
    const { type } = node;
    return this.#whole(node, type, this.#construct(type));
  }

  /** What may be done or not: it counts for what leaves in it, even if nothing else in it matters. */
  protected branch(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const span = spanOf(node);
    if (this.relevance.matters(span) || !this.relevance.leaves(span)) return this.lower(node);
    return this.lowerLeaving(node);
  }

  /** The statements of a block that matter, with those that leave it. */
  protected lowerList(nodes: readonly Syntax[]): readonly Code[] {
    const marked = nodes.map((node) => {
      const span = spanOf(node);
      return { node, span, matters: this.relevance.matters(span) };
    });
    if (!marked.some(({ matters }) => matters)) return [];
    return marked
      .filter(({ span, matters }) => matters || this.relevance.leaves(span))
      .map(({ node, matters }) => (matters ? this.lower(node) : this.lowerLeaving(node)));
  }

  /** A part that matters only because control can leave in it. */
  protected lowerLeaving(node: Syntax): Code {
    const { type } = node;
    const construct = this.#construct(type);
    const is = construct?.is;
    if (is === 'function' || is === 'class') return opaque;
    const isExit = is === 'call' && this.relevance.leaves(spanOf(field(node, construct.callee) ?? node));
    if (is === 'leave' || is === 'if' || is === 'control' || isExit)
      return this.#whole(node, type, construct);
    const body = named(node)
      .filter((child) => this.relevance.leaves(spanOf(child)))
      .map((child) => this.lowerLeaving(child));
    const [only = opaque] = body;
    return body.length > 1 ? { op: 'block', body, span: spanOf(node), scoped: false } : only;
  }

  #construct(type: string): Construct | undefined {
    return this.#tables.constructs.get(type);
  }

  #plain(node: Syntax, type: string, construct: Construct | undefined): Code | undefined {
    if (construct === undefined) return this.lowerPlain(node, type);
    if (construct.is !== 'wrapper') return undefined;
    return this.lower(construct.field === undefined ? named(node)[0] : field(node, construct.field));
  }

  #whole(node: Syntax, type: string, construct: Construct | undefined): Code {
    return (
      this.lowerOwn(node, type) ??
      (construct === undefined ? undefined : this.#lowerConstruct(node, construct)) ?? {
        op: 'parts',
        parts: named(node).map((child) => this.lower(child)),
      }
    );
  }

  #lowerConstruct(node: Syntax, construct: Construct): Code | undefined {
    switch (construct.is) {
      case 'member':
      case 'subscript':
        return this.#member(node, construct);
      case 'call':
        return this.#call(node, field(node, construct.callee));
      case 'assignment':
        return this.#assignment(node, field(node, construct.target), field(node, construct.value));
      case 'if':
        return {
          op: 'if',
          condition: this.condition(field(node, construct.condition)),
          then: this.branch(field(node, construct.then)),
          otherwise: this.otherwise(field(node, construct.otherwise)),
        };
      case 'operator':
        return this.#operator(node);
      case 'leave':
        return this.#leave(node, construct.how);
      case 'block':
        return this.block(
          named(construct.body === undefined ? node : field(node, construct.body)),
          spanOf(node),
        );
      case 'function': {
        const fn = this.functionCode(node);
        const code: Code = { op: 'function', fn };
        return construct.declares && fn.name !== undefined ? this.#declare(fn.name, code, node) : code;
      }
      default:
        return undefined;
    }
  }

  /** What is done if a condition does not hold. */
  protected otherwise(node: Syntax | undefined): Code | undefined {
    return node === undefined ? undefined : this.branch(node);
  }

  #member(
    node: Syntax,
    construct: Extract<Construct, { is: 'member' | 'subscript' }>,
  ): Extract<Code, { op: 'member' }> {
    if (construct.is === 'member') {
      const object = this.lowerCallee(field(node, construct.object));
      return { op: 'member', object, key: field(node, construct.key)?.text };
    }
    const object = construct.object === undefined ? named(node)[0] : field(node, construct.object);
    const index = construct.index === undefined ? named(node)[1] : field(node, construct.index);
    const plain = index === undefined ? undefined : this.lowerPlain(index, index.type);
    return {
      op: 'member',
      object: this.lowerCallee(object),
      key: plain?.op === 'literal' ? plain.value : undefined,
    };
  }

  #call(node: Syntax, callee: Syntax | undefined): Code {
    if (callee === undefined) return opaque;
    const code = this.lowerCallee(callee);
    if (this.relevance.matters(spanOf(callee)))
      for (const name of namesIn(code)) this.relevance.addName(name);
    const args = this.argumentsOf(node).map((argument) => this.lower(argument));
    const isExpected = this.#tables.expectsFailure?.test(callee.text) === true;
    return expecting(isExpected, { op: 'call', callee: code, args, span: spanOf(node) });
  }

  #assignment(node: Syntax, left: Syntax | undefined, right: Syntax | undefined): Code {
    if (left === undefined || right === undefined) return opaque;
    const target = this.target(left);
    if (this.relevance.matters(spanOf(right))) this.noteTarget(target);
    const operator = field(node, 'operator')?.text;
    const how = operator === '??=' || operator === '||=' ? 'assign-if-empty' : 'assign';
    const statement = node.parent?.type === 'expression_statement' ? spanOf(node.parent) : undefined;
    // Where functions declare their names, so do assignments.
    const declaring =
      this.#tables.declares === 'var' ? ({ how: 'declare', keyword: 'var' } as const) : undefined;
    return bindTo(target, this.lower(right), spanOf(left), {
      how,
      keyword: undefined,
      statement,
      ...declaring,
    });
  }

  #operator(node: Syntax): Code | undefined {
    const operator = field(node, 'operator')?.text ?? '';
    if (!/^(?:&&|\|\||\?\?|and|or)$/.test(operator)) return undefined;
    const condition = this.condition(field(node, 'left'));
    const right = this.lower(field(node, 'right'));
    return operator === '&&' || operator === 'and'
      ? { op: 'if', condition, then: right, otherwise: undefined }
      : either(node, condition, right);
  }

  #leave(node: Syntax, how: 'return' | 'break' | 'continue' | 'throw'): Code {
    const label = field(node, 'label') ?? childrenOfType(node, 'label')[0];
    const value = named(node).find(({ startIndex }) => startIndex !== label?.startIndex);
    return {
      op: 'leave',
      how,
      label: label?.text.replace(/^'/, ''),
      value: value === undefined ? undefined : this.lower(value),
    };
  }

  /** Where a value goes. */
  protected target(node: Syntax | undefined): Target {
    if (node === undefined) return { type: 'none' };
    const { type } = node;
    const pattern = this.#tables.patterns.get(type);
    if (pattern?.is === 'name') return { type: 'name', name: node.text, span: spanOf(node), ...pattern.more };
    if (pattern?.is === 'items')
      return { type: 'items', items: named(node).map((child) => this.target(child)) };
    if (pattern?.is === 'inner')
      return this.target(pattern.field === undefined ? named(node)[0] : field(node, pattern.field));
    const construct = this.#construct(type);
    if (construct?.is !== 'member' && construct?.is !== 'subscript') return this.ownTarget(node, type);
    const { object, key } = this.#member(node, construct);
    return { type: 'member', object, key };
  }

  /** The body of a `try` with handlers; its last statement may say that it should not have come this far. */
  protected tried(body: Syntax | undefined, isHandled: boolean): Code {
    const last = isHandled ? named(body).at(-1)?.text : undefined;
    const isExpected = last !== undefined && this.#tables.shouldHaveFailed?.test(last) === true;
    return expecting(isExpected, this.branch(body));
  }

  /** A function by itself. */
  protected functionCode(node: Syntax): FunctionCode {
    const span = spanOf(node);
    const own = this.ownFunction(node);
    const mayRun = this.relevance.mayRun(span);
    if (own.name !== undefined && this.relevance.matters(span)) this.relevance.addName(own.name, mayRun);
    return { outerNames: [], decorators: [], ...own, span, mayRun };
  }

  /** A class, which is known by its name from here on. */
  protected classCode(node: Syntax, declared: ClassCode): Code {
    const code: Code = { op: 'class', declared };
    return declared.name === undefined ? code : this.#declare(declared.name, code, node);
  }

  #declare(name: string, value: Code, node: Syntax): Code {
    const span = spanOf(node);
    return bindTo({ type: 'name', name, span }, value, span, { keyword: this.#tables.declares });
  }

  /** The text of a node; tree-sitter's own way is slow for large ones. */
  protected write(node: Syntax): string {
    return textOf(this.text, spanOf(node));
  }

  /** A condition, taken out of its parentheses and negations. */
  protected condition(node: Syntax | undefined): ConditionCode {
    const { inner, negated } = withoutNegations(node, (part) => this.write(part));
    const code = this.lower(inner);
    const text = inner === undefined ? '' : this.write(inner).replace(/\s+/g, ' ');
    const names = text.match(/[A-Za-z_$][\w$]*/g) ?? [];
    if (code.op === 'name') this.relevance.addName(code.name);
    const compared = comparisonIn(text);
    if (compared === undefined) return { code, text, negated, names };
    const { nameOfEmpty, text: equal, differs } = compared;
    if (nameOfEmpty === undefined) return { code, text: equal, negated: differs !== negated, names };
    this.relevance.addName(nameOfEmpty);
    const name: Code = { op: 'name', name: nameOfEmpty };
    return { code: name, text: nameOfEmpty, negated: differs === negated, names };
  }

  /** Names that a mattering value goes to matter too. */
  protected noteTarget(target: Target): void {
    for (const name of namesTaking(target)) this.relevance.addName(name);
  }
}
