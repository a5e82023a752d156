import type { Span } from '../../span';
import type { Syntax } from '../../syntax';
import { childrenOfType, field, named, spanOf } from '../../syntax';
import type { Code, LoopCode, Target } from '../code';
import { opaque } from '../code';
import type { Relevance } from '../relevance';
import { bindTo, expecting, loopOf, type OwnFunction } from './build';
import { pythonTables } from './python-tables';
import { Lowering } from './lowering';

/** Python as {@link Code}. */
export class PythonLowering extends Lowering {
  constructor(text: string, relevance: Relevance) {
    super(text, relevance, pythonTables);
  }

  protected override lowerPlain(node: Syntax, type: string): Code | undefined {
    switch (type) {
      case 'identifier':
        return { op: 'name', name: node.text };
      case 'string': {
        if (childrenOfType(node, 'interpolation').length > 0) return undefined;
        const pieces = childrenOfType(node, 'string_content').map(({ text }) => text);
        return { op: 'literal', kind: 'text', value: pieces.join('') };
      }
      case 'true':
      case 'false':
      case 'integer':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'none':
        return { op: 'nothing' };
      case 'expression_statement': {
        // `a, b` has no tuple around it.
        const [only, ...others] = named(node);
        return others.length === 0 ? this.lower(only) : undefined;
      }
      default:
        return undefined;
    }
  }

  protected override lowerOwn(node: Syntax, type: string): Code | undefined {
    switch (type) {
      case 'import_from_statement':
        return this.#import(node);
      case 'decorated_definition': {
        const definition = field(node, 'definition');
        return definition === undefined ? opaque : this.lowerWhole(definition);
      }
      case 'class_definition':
        return this.#class(node);
      case 'if_statement':
        return this.#if(node, fieldsOf(node, 'alternative'));
      case 'conditional_expression': {
        const [then, condition, otherwise] = named(node);
        return {
          op: 'if',
          condition: this.condition(condition),
          then: this.lower(then),
          otherwise: this.lower(otherwise),
        };
      }
      case 'match_statement':
        return this.#match(node);
      case 'for_statement':
      case 'while_statement':
        return this.#loop(node);
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        return this.#comprehension(node);
      case 'try_statement':
        return this.#try(node);
      case 'with_statement':
        return this.#with(node);
      default:
        return undefined;
    }
  }

  protected override block(nodes: readonly Syntax[], span: Span): Code {
    return { op: 'block', body: this.lowerList(nodes), span, scoped: false };
  }

  /** A generator can be the only argument, without parentheses of its own. */
  protected override argumentsOf(node: Syntax): readonly Syntax[] {
    const list = field(node, 'arguments');
    return list?.type === 'generator_expression' ? [list] : named(list);
  }

  protected override ownFunction(node: Syntax): OwnFunction {
    const body = field(node, 'body');
    const outer = childrenOfType(body ?? node, 'global_statement', 'nonlocal_statement');
    const decorated = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
    const decorators = decorated === undefined ? [] : childrenOfType(decorated, 'decorator');
    return {
      name: field(node, 'name')?.text,
      params: named(field(node, 'parameters')).map((param) =>
        this.target(param.type === 'identifier' ? param : (field(param, 'name') ?? named(param)[0])),
      ),
      body: this.lower(body),
      isAsync: /^async\b/.test(this.write(node)),
      outerNames: outer.flatMap((statement) => named(statement).map(({ text }) => text)),
      decorators: decorators.map(({ text }) => text.slice(1)),
    };
  }

  #class(node: Syntax): Code {
    const name = field(node, 'name')?.text;
    const members = named(field(node, 'body')).map((member) => field(member, 'definition') ?? member);
    const methods = members.filter(({ type }) => type === 'function_definition');
    const code = this.classCode(node, {
      name,
      methods: methods.map((member) => this.functionCode(member)),
      fields: [],
      bases: named(field(node, 'superclasses')).map(({ text }) => text),
    });
    if (name !== undefined) this.relevance.addName(name);
    return code;
  }

  protected override ownTarget(): Target {
    return { type: 'none' };
  }

  #import(node: Syntax): Code {
    const source = field(node, 'module_name');
    const isPlain =
      source !== undefined &&
      !/^(?:unittest|typing|threading|multiprocessing|subprocess|asyncio)\b/.test(source.text);
    const parts = fieldsOf(node, 'name').map((child): Code => {
      const name = field(child, 'name') ?? child;
      const local = field(child, 'alias') ?? name;
      if (name.text === 'Root' && isPlain) this.relevance.addName(local.text);
      const module: Code = { op: 'name', name: `from ${source?.text ?? ''}` };
      const target: Target = { type: 'name', name: local.text, span: spanOf(local) };
      const value: Code = { op: 'member', object: module, key: name.text };
      return bindTo(target, value, spanOf(local), { keyword: 'var' });
    });
    return { op: 'parts', parts };
  }

  /** The clauses after the first one: `elif`, which is an `if` in the other branch, and `else`. */
  #if(node: Syntax, [next, ...rest]: readonly Syntax[]): Code {
    return {
      op: 'if',
      condition: this.condition(field(node, 'condition')),
      then: this.branch(field(node, 'consequence')),
      otherwise:
        next === undefined
          ? undefined
          : next.type === 'elif_clause'
            ? this.#if(next, rest)
            : this.branch(field(next, 'body')),
    };
  }

  #match(node: Syntax): Code {
    const cases = childrenOfType(field(node, 'body') ?? node, 'case_clause');
    return {
      op: 'choose',
      subject: this.condition(field(node, 'subject')),
      arms: cases.map((clause) => ({ code: this.branch(field(clause, 'consequence')), holds: undefined })),
      exhaustive: cases.some((clause) =>
        childrenOfType(clause, 'case_pattern').some(({ text }) => text === '_'),
      ),
    };
  }

  #loop(node: Syntax): Code {
    const body = field(node, 'body');
    const condition = field(node, 'condition');
    const otherwise = field(node, 'alternative');
    const loop = loopOf(node, body, {
      ...this.#head(field(node, 'left'), field(node, 'right')),
      condition: condition === undefined ? undefined : this.condition(condition),
      body: this.branch(body),
    });
    const rest = otherwise === undefined ? undefined : field(otherwise, 'body');
    return rest === undefined ? loop : { op: 'parts', parts: [loop, this.branch(rest)] };
  }

  /** `for left in right` */
  #head(left: Syntax | undefined, right: Syntax | undefined): Partial<LoopCode> {
    return {
      before: this.lower(right),
      each: left === undefined ? undefined : this.target(left),
      once: /^range\(\s*(?:0\s*,\s*)?1\s*\)$/.test(right?.text ?? ''),
    };
  }

  #comprehension(node: Syntax): Code {
    const [clause = node] = childrenOfType(node, 'for_in_clause');
    const [filter] = childrenOfType(node, 'if_clause');
    const body = field(node, 'body');
    const value = this.lower(body);
    const head = this.#head(field(clause, 'left'), field(clause, 'right'));
    return loopOf(node, body, {
      ...head,
      each: head.each ?? { type: 'none' },
      body:
        filter === undefined
          ? value
          : { op: 'if', condition: this.condition(named(filter)[0]), then: value, otherwise: undefined },
    });
  }

  #try(node: Syntax): Code {
    const handlers = childrenOfType(node, 'except_clause', 'except_group_clause').map((clause) =>
      this.branch(childrenOfType(clause, 'block')[0]),
    );
    const [otherwise] = childrenOfType(node, 'else_clause');
    const [finalizer] = childrenOfType(node, 'finally_clause');
    const body = this.tried(field(node, 'body'), handlers.length > 0);
    const [only] = handlers;
    const subject = { code: opaque, text: `handlers ${node.startIndex}`, negated: false, names: [] };
    const arms = handlers.map((code) => ({ code, holds: undefined }));
    return {
      op: 'try',
      body:
        otherwise === undefined
          ? body
          : { op: 'parts', parts: [body, this.branch(field(otherwise, 'body'))] },
      handler: handlers.length > 1 ? { op: 'choose', subject, arms, exhaustive: true } : only,
      finalizer: finalizer === undefined ? undefined : this.branch(childrenOfType(finalizer, 'block')[0]),
    };
  }

  #with(node: Syntax): Code {
    const items = named(childrenOfType(node, 'with_clause')[0]);
    const opening = items.map((item): Code => {
      const value = field(item, 'value');
      if (value?.type !== 'as_pattern') return this.lower(value);
      const [subject] = named(value);
      const alias = field(value, 'alias');
      if (subject === undefined || alias === undefined) return this.lower(value);
      const target = this.target(alias);
      if (this.relevance.matters(spanOf(subject))) this.noteTarget(target);
      return bindTo(target, this.lower(subject), spanOf(alias), { keyword: 'var' });
    });
    const failing = items.some((item) => pythonTables.expectsFailure?.test(item.text) === true);
    const body = expecting(failing, this.branch(field(node, 'body')));
    const all: Code = { op: 'parts', parts: [...opening, body] };
    // Tests of failures go on after the first failure.
    return failing ? { op: 'try', body: all, handler: opaque, finalizer: undefined } : all;
  }
}

function fieldsOf(node: Syntax, name: string): readonly Syntax[] {
  return node.childrenForFieldName(name).flatMap((child) => (child === null ? [] : [child]));
}
