import { textOf } from '../../span';
import { field, named, spanOf, type Syntax } from '../../syntax';
import { expecting, namesIn, namesTaking, opaque, type Code } from '../code';
import type { HostProgram } from '../host-findings';
import type { KeywordFilter } from '../keyword-filter';
import type { Construct, ConstructOf, LanguageSyntax } from './construct';
import { lowerIf, lowerLeave, lowerLoop, lowerOperator, lowerTry } from './control';
import { lowerBinding, lowerClass, lowerFunction, lowerRecord, unquoted } from './definitions';

/** What stands for something else in the class and function that is lowered. */
interface Names {
  /** The class that `Self` stands for. */
  readonly self: string | undefined;
  /** Names of outer functions: Python's `global` and `nonlocal`. */
  readonly outer: readonly string[];
}

/** Turns the tree of a language into {@link Code}, by its table. Nodes without keywords are passed over. */
export class Lowering {
  readonly program: HostProgram;
  readonly filter: KeywordFilter;
  readonly syntax: LanguageSyntax;
  /** The names of the place that is lowered. */
  names: Names = { self: undefined, outer: [] };
  #inPattern = false;

  constructor(program: HostProgram, filter: KeywordFilter, syntax: LanguageSyntax) {
    this.program = program;
    this.filter = filter;
    this.syntax = syntax;
  }

  /** The statements of a block that matter, with those that leave it, in the order in which they count. */
  block(nodes: readonly Syntax[]): Code {
    const { isHoisted = () => false, blockScopes: scoped } = this.syntax;
    const marked = nodes.map((node) => ({ node, matters: this.filter.matters(spanOf(node)) }));
    if (!marked.some(({ matters }) => matters)) return { op: 'block', body: [], scoped };
    const body = marked
      .filter(({ node, matters }) => matters || this.filter.leaves(spanOf(node)))
      .sort((a, b) => Number(isHoisted(b.node)) - Number(isHoisted(a.node)))
      .map(({ node, matters }) => (matters ? this.lower(node) : this.#leaving(node)));
    return { op: 'block', body, scoped };
  }

  /** Names and literals are lowered wherever they stand; anything else only if it has a keyword in it. */
  lower(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const construct = this.#construct(node);
    return (
      this.#plain(node, construct) ??
      (this.#inPattern || this.filter.matters(spanOf(node)) ? this.#whole(node, construct) : opaque)
    );
  }

  /** A node, whether it has a keyword in it or not. */
  lowerWhole(node: Syntax): Code {
    return this.#whole(node, this.#construct(node));
  }

  /** A callee is lowered as a whole: `items.forEach` says that its argument is called. */
  lowerCallee(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const construct = this.#construct(node);
    if (construct?.is === 'wrapper') return this.lowerCallee(wrapped(node, construct));
    const isChain = /^(?:member|path|subscript|call)$/.test(construct?.is ?? '');
    return isChain ? this.#whole(node, construct) : this.lower(node);
  }

  /** What may be done or not. It counts for what leaves in it, even if it has no keyword. */
  branch(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    const span = spanOf(node);
    return this.filter.matters(span) || !this.filter.leaves(span) ? this.lower(node) : this.#leaving(node);
  }

  /** A node that matters only because control can leave in it. */
  #leaving(node: Syntax): Code {
    const construct = this.#construct(node);
    const is = construct?.is ?? '';
    if (is === 'function' || is === 'class') return opaque;
    const leaves = ({ startIndex: start, endIndex: end }: Syntax) => this.filter.leaves({ start, end });
    const isExit = construct?.is === 'call' && leaves(field(node, construct.callee) ?? node);
    if (isExit || /^(?:leave|if|loop|try|own)$/.test(is)) return this.#whole(node, construct);
    const body = named(node)
      .filter(leaves)
      .map((child) => this.#leaving(child));
    const [only = opaque] = body;
    return body.length > 1 ? { op: 'block', body, scoped: false } : only;
  }

  #construct({ type }: Syntax): Construct | undefined {
    return this.syntax.constructs.get(type);
  }

  #plain(node: Syntax, construct: Construct | undefined): Code | undefined {
    switch (construct?.is) {
      case 'name': {
        const { text } = node;
        if (/^(?:undefined|None)$/.test(text)) return { op: 'nothing' };
        return { op: 'name', name: text === 'Self' ? (this.names.self ?? text) : text };
      }
      case 'text': {
        const hasCode = named(node).some(({ type }) =>
          /^(?:template_substitution|interpolation)$/.test(type),
        );
        return hasCode ? undefined : { op: 'literal', kind: 'text', value: unquoted(node.text) };
      }
      case 'value':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'nothing':
        return { op: 'nothing' };
      case 'wrapper': {
        if (construct.unless?.(node) === true) return undefined;
        const inner = this.lower(wrapped(node, construct));
        return this.#inPattern ? this.typed(inner, field(node, 'type')) : inner;
      }
      default:
        return undefined;
    }
  }

  #whole(node: Syntax, construct: Construct | undefined): Code {
    const code = construct === undefined ? undefined : this.#lowerConstruct(node, construct);
    return code ?? { op: 'parts', parts: named(node).map((child) => this.lower(child)) };
  }

  #lowerConstruct(node: Syntax, construct: Construct): Code | undefined {
    switch (construct.is) {
      case 'member':
      case 'path':
      case 'subscript':
        // A path is a constant, which takes no value.
        if (construct.is === 'path' && this.#inPattern) return opaque;
        return { op: 'member', ...this.#member(node, construct) };
      case 'call':
        return this.#call(node, field(node, construct.callee));
      case 'assignment':
      case 'declaration':
        return lowerBinding(node, construct, this);
      case 'if':
        return lowerIf(node, construct, this);
      case 'operator':
        return lowerOperator(node, this);
      case 'leave':
        return lowerLeave(node, construct, this);
      case 'loop':
        return lowerLoop(node, construct, this);
      case 'try':
        return lowerTry(node, this);
      case 'block':
        return this.block(named(construct.body === undefined ? node : field(node, construct.body)));
      case 'function':
        return lowerFunction(node, construct, this);
      case 'class':
        return lowerClass(node, construct, this);
      case 'record':
        return lowerRecord(node, construct, this);
      case 'own':
        return construct.lower(node, this);
      default:
        return this.#plain(node, construct);
    }
  }

  #member(
    node: Syntax,
    construct: ConstructOf<'member' | 'path' | 'subscript'>,
  ): { readonly object: Code; readonly key: string | undefined } {
    if (construct.is !== 'subscript') {
      const object = this.lowerCallee(field(node, construct.object));
      return { object, key: field(node, construct.key)?.text };
    }
    const object = construct.object === undefined ? named(node)[0] : field(node, construct.object);
    const index = construct.index === undefined ? named(node)[1] : field(node, construct.index);
    const plain = index === undefined ? undefined : this.#plain(index, this.#construct(index));
    return { object: this.lowerCallee(object), key: plain?.op === 'literal' ? plain.value : undefined };
  }

  #call(node: Syntax, callee: Syntax | undefined): Code {
    if (callee === undefined) return opaque;
    const code = this.lowerCallee(callee);
    if (this.filter.matters(spanOf(callee))) for (const name of namesIn(code)) this.filter.addName(name);
    const list = field(node, 'arguments');
    // A template can be the only argument of JavaScript's calls, and a generator that of Python's.
    const given = list?.type.startsWith('arg') === false ? [list] : named(list);
    const args = given.map((argument) => this.lower(argument));
    const isExpected = this.syntax.expectsFailure.test(this.write(callee));
    return expecting(isExpected, { op: 'call', callee: code, args, span: spanOf(node) });
  }

  /** What takes a value. All of it matters, whether it has a keyword in it or not. */
  pattern(node: Syntax | undefined): Code {
    const outer = this.#inPattern;
    this.#inPattern = true;
    const code = this.lower(node);
    this.#inPattern = outer;
    return code;
  }

  /** A variable with the type that is written beside it. */
  typed(target: Code, type: Syntax | undefined): Code {
    return target.op === 'name' && type !== undefined ? { ...target, of: this.write(type) } : target;
  }

  /** Names that take a value that matters do matter, too. */
  noteTarget(target: Code): void {
    for (const name of namesTaking(target, true)) this.filter.addName(name);
  }

  /** The text of a node; tree-sitter's own way is slow for large ones. */
  write(node: Syntax): string {
    return textOf(this.program.text, spanOf(node));
  }

  /** Lowers the parts of a class or function with names of its own. */
  within<T>(names: Partial<Names>, work: () => T): T {
    const outer = this.names;
    this.names = { ...outer, ...names };
    const result = work();
    this.names = outer;
    return result;
  }
}

/** What a wrapper stands for. */
function wrapped(node: Syntax, { field: name }: ConstructOf<'wrapper'>): Syntax | undefined {
  return (name === undefined ? undefined : field(node, name)) ?? named(node)[0];
}
