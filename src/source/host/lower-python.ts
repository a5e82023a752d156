import type { Span } from '../span';
import type { Syntax } from '../syntax';
import { childrenOfType, field, named, spanOf } from '../syntax';
import type { Code, FunctionCode, LoopCode, Target } from './code';
import { namesIn, opaque } from './code';
import { Lowering } from './lowering';

/** The words that make Python worth a look, and those with which control leaves. */
export const pythonWords = {
  relevant:
    /\bget_func\b|\bget_export_index\b|\binstantiate\b|wasi:cli\/run|\bComponent\b|\brun\b|\.wasm\b|\bRoot\b/,
  runs: /\bget_func\b|\brun\b|\binstantiate\b|\bRoot\b/,
  exits: /\b(?:return|break|continue|raise|exit|_exit|quit)\b/g,
};

const wrappers = new Set(['parenthesized_expression', 'await', 'expression_statement', 'type']);
const comprehensions = new Set([
  'list_comprehension',
  'set_comprehension',
  'dictionary_comprehension',
  'generator_expression',
]);

/** Python as {@link Code}. */
export class PythonLowering extends Lowering {
  lowerFile(root: Syntax): Code {
    return this.block(named(root), spanOf(root), false);
  }

  protected override lowerPlain(node: Syntax): Code | undefined {
    switch (node.type) {
      case 'identifier':
        return { op: 'name', name: node.text };
      case 'string':
        return childrenOfType(node, 'interpolation').length > 0
          ? undefined
          : {
              op: 'literal',
              kind: 'text',
              value: childrenOfType(node, 'string_content')
                .map(({ text }) => text)
                .join(''),
            };
      case 'true':
      case 'false':
      case 'integer':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'none':
        return { op: 'nothing' };
      case 'keyword_argument':
        return this.lower(field(node, 'value'));
      default:
        return wrappers.has(node.type) && named(node).length === 1 ? this.lower(named(node)[0]) : undefined;
    }
  }

  protected override isChain({ type }: Syntax): boolean {
    return type === 'attribute' || type === 'call' || type === 'subscript';
  }

  protected override lowerRelevant(node: Syntax): Code | undefined {
    if (comprehensions.has(node.type)) return this.lowerComprehension(node);
    switch (node.type) {
      case 'block':
        return this.block(named(node), spanOf(node), false);
      case 'import_from_statement':
        return this.lowerImport(node);
      case 'decorated_definition': {
        const definition = field(node, 'definition');
        return definition === undefined ? opaque : this.lowerRelevant(definition);
      }
      case 'function_definition':
      case 'lambda': {
        const fn = this.functionCode(node);
        const code: Code = { op: 'function', fn };
        return fn.name === undefined ? code : declareName(fn.name, code, spanOf(node));
      }
      case 'class_definition':
        return this.lowerClass(node);
      case 'assignment':
      case 'named_expression':
        return this.lowerAssignment(node);
      case 'attribute':
        return {
          op: 'member',
          object: this.lowerCallee(field(node, 'object')),
          key: field(node, 'attribute')?.text,
        };
      case 'subscript': {
        const index = field(node, 'subscript');
        const plain = index === undefined ? undefined : this.lowerPlain(index);
        return {
          op: 'member',
          object: this.lowerCallee(field(node, 'value')),
          key: plain?.op === 'literal' ? plain.value : undefined,
        };
      }
      case 'call':
        return this.lowerCall(node);
      case 'if_statement':
        return this.lowerIf(node);
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
        return this.lowerMatch(node);
      case 'for_statement':
      case 'while_statement':
        return this.lowerLoop(node);
      case 'try_statement':
        return this.lowerTry(node);
      case 'with_statement':
        return this.lowerWith(node);
      case 'return_statement':
      case 'raise_statement':
      case 'break_statement':
      case 'continue_statement':
        return this.lowerLeave(node);
      default:
        return undefined;
    }
  }

  protected override lowerLeaving(node: Syntax): Code {
    switch (node.type) {
      case 'return_statement':
      case 'raise_statement':
      case 'break_statement':
      case 'continue_statement':
      case 'if_statement':
      case 'match_statement':
      case 'call':
        return this.lowerRelevant(node) ?? opaque;
      case 'function_definition':
      case 'class_definition':
      case 'decorated_definition':
      case 'lambda':
      case 'for_statement':
      case 'while_statement':
        return opaque;
      default:
        return {
          op: 'parts',
          parts: named(node)
            .filter((child) => this.relevance.leaves(spanOf(child)))
            .map((child) => this.lowerLeaving(child)),
        };
    }
  }

  private branch(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    return this.relevance.matters(spanOf(node))
      ? this.lower(node)
      : this.relevance.leaves(spanOf(node))
        ? this.lowerLeaving(node)
        : opaque;
  }

  private functionCode(node: Syntax): FunctionCode {
    const body = field(node, 'body');
    const outer = childrenOfType(body ?? node, 'global_statement', 'nonlocal_statement');
    const decorated = node.parent?.type === 'decorated_definition' ? node.parent : undefined;
    return this.noteFunction({
      name: field(node, 'name')?.text,
      params: named(field(node, 'parameters')).map((param) => this.parameter(param)),
      body: this.lower(body),
      span: spanOf(node),
      isAsync: /^async\b/.test(this.write(node)),
      mayRun: this.relevance.mayRun(spanOf(node)),
      outerNames: outer.flatMap((statement) => named(statement).map(({ text }) => text)),
      decorators:
        decorated === undefined
          ? []
          : childrenOfType(decorated, 'decorator').map(({ text }) => text.slice(1)),
    });
  }

  private parameter(node: Syntax): Target {
    const name = node.type === 'identifier' ? node : (field(node, 'name') ?? named(node)[0]);
    return name?.type === 'identifier'
      ? { type: 'name', name: name.text, span: spanOf(name) }
      : { type: 'none' };
  }

  private lowerClass(node: Syntax): Code {
    const name = field(node, 'name')?.text;
    const members = named(field(node, 'body')).map((member) => field(member, 'definition') ?? member);
    const methods = members
      .filter(({ type }) => type === 'function_definition')
      .map((member) => this.functionCode(member));
    const code: Code = {
      op: 'class',
      declared: {
        name,
        methods,
        fields: [],
        bases: named(field(node, 'superclasses')).map(({ text }) => text),
      },
    };
    if (name === undefined) return code;
    this.relevance.addName(name);
    return declareName(name, code, spanOf(node));
  }

  private target(node: Syntax): Target {
    switch (node.type) {
      case 'identifier':
        return { type: 'name', name: node.text, span: spanOf(node) };
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
        return { type: 'items', items: named(node).map((child) => this.target(child)) };
      case 'attribute':
        return {
          type: 'member',
          object: this.lower(field(node, 'object')),
          key: field(node, 'attribute')?.text,
        };
      case 'subscript': {
        const index = field(node, 'subscript');
        const plain = index === undefined ? undefined : this.lowerPlain(index);
        return {
          type: 'member',
          object: this.lower(field(node, 'value')),
          key: plain?.op === 'literal' ? plain.value : undefined,
        };
      }
      case 'as_pattern_target': {
        const [inner] = named(node);
        return inner === undefined ? { type: 'none' } : this.target(inner);
      }
      default:
        return { type: 'none' };
    }
  }

  private lowerAssignment(node: Syntax): Code {
    const left = field(node, 'left') ?? field(node, 'name');
    const right = field(node, 'right') ?? field(node, 'value');
    if (left === undefined || right === undefined) return opaque;
    const target = this.target(left);
    if (this.relevance.matters(spanOf(right))) this.noteTarget(target);
    const parent = node.parent;
    const statement = parent?.type === 'expression_statement' ? spanOf(parent) : undefined;
    return {
      op: 'bind',
      target,
      value: this.lower(right),
      how: 'declare',
      statement,
      keyword: 'var',
      targetSpan: spanOf(left),
    };
  }

  private lowerImport(node: Syntax): Code {
    const source = field(node, 'module_name');
    const names = node.childrenForFieldName('name').flatMap((child) => (child === null ? [] : [child]));
    const isPlain =
      source !== undefined &&
      !/^(?:unittest|typing|threading|multiprocessing|subprocess|asyncio)\b/.test(source.text);
    return {
      op: 'parts',
      parts: names.map((child): Code => {
        const name = field(child, 'name') ?? child;
        const local = field(child, 'alias') ?? name;
        if (name.text === 'Root' && isPlain) this.relevance.addName(local.text);
        const value: Code = {
          op: 'member',
          object: { op: 'name', name: `from ${source?.text ?? ''}` },
          key: name.text,
        };
        return {
          op: 'bind',
          target: { type: 'name', name: local.text, span: spanOf(local) },
          value,
          how: 'declare',
          statement: undefined,
          keyword: 'var',
          targetSpan: spanOf(local),
        };
      }),
    };
  }

  private lowerCall(node: Syntax): Code {
    const callee = field(node, 'function');
    if (callee === undefined) return opaque;
    const code = this.lowerCallee(callee);
    if (this.relevance.matters(spanOf(callee)))
      namesIn(code).forEach((name) => {
        this.relevance.addName(name);
      });
    const list = field(node, 'arguments');
    const args =
      list?.type === 'generator_expression'
        ? [this.lower(list)]
        : named(list).map((argument) => this.lower(argument));
    const call: Code = { op: 'call', callee: code, args, span: spanOf(node) };
    return expectsFailure(callee.text) ? { op: 'expect-failure', body: call } : call;
  }

  private lowerIf(node: Syntax): Code {
    const alternatives = node
      .childrenForFieldName('alternative')
      .flatMap((child) => (child === null ? [] : [child]));
    const otherwise = alternatives.reduceRight<Code | undefined>(
      (rest, clause) =>
        clause.type === 'elif_clause'
          ? {
              op: 'if',
              condition: this.condition(field(clause, 'condition')),
              then: this.branch(field(clause, 'consequence')),
              otherwise: rest,
            }
          : this.branch(field(clause, 'body')),
      undefined,
    );
    return {
      op: 'if',
      condition: this.condition(field(node, 'condition')),
      then: this.branch(field(node, 'consequence')),
      otherwise,
    };
  }

  private lowerMatch(node: Syntax): Code {
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

  private lowerLoop(node: Syntax): Code {
    const body = field(node, 'body');
    const left = field(node, 'left');
    const right = field(node, 'right');
    const condition = field(node, 'condition');
    const otherwise = field(node, 'alternative');
    const loop: LoopCode = {
      op: 'loop',
      label: undefined,
      before: right === undefined ? undefined : this.lower(right),
      condition: condition === undefined ? undefined : this.condition(condition),
      each: left === undefined ? undefined : this.target(left),
      body: this.branch(body),
      after: undefined,
      span: spanOf(node),
      bodySpan: body === undefined ? spanOf(node) : spanOf(body),
      atLeastOnce: false,
      once: isOnce(right),
    };
    const rest = otherwise === undefined ? undefined : field(otherwise, 'body');
    return rest === undefined ? loop : { op: 'parts', parts: [loop, this.branch(rest)] };
  }

  private lowerComprehension(node: Syntax): Code {
    const [clause] = childrenOfType(node, 'for_in_clause');
    const [filter] = childrenOfType(node, 'if_clause');
    const left = clause === undefined ? undefined : field(clause, 'left');
    const right = clause === undefined ? undefined : field(clause, 'right');
    const body = field(node, 'body');
    const value = this.lower(body);
    return {
      op: 'loop',
      label: undefined,
      before: right === undefined ? undefined : this.lower(right),
      condition: undefined,
      each: left === undefined ? { type: 'none' } : this.target(left),
      body:
        filter === undefined
          ? value
          : { op: 'if', condition: this.condition(named(filter)[0]), then: value, otherwise: undefined },
      after: undefined,
      span: spanOf(node),
      bodySpan: spanOf(body ?? node),
      atLeastOnce: false,
      once: isOnce(right),
    };
  }

  private lowerTry(node: Syntax): Code {
    const handlers = childrenOfType(node, 'except_clause', 'except_group_clause').map((clause) =>
      this.branch(childrenOfType(clause, 'block')[0]),
    );
    const [otherwise] = childrenOfType(node, 'else_clause');
    const [finalizer] = childrenOfType(node, 'finally_clause');
    const tried = this.branch(field(node, 'body'));
    const last = named(field(node, 'body')).at(-1);
    // `run(store)`, then `pytest.fail("should have trapped")`
    const isExpected =
      handlers.length > 0 && /^(?:raise\b|assert False\b|(?:pytest|self)\.fail\()/.test(last?.text ?? '');
    const body: Code = isExpected ? { op: 'expect-failure', body: tried } : tried;
    const rest = otherwise === undefined ? [] : [this.branch(field(otherwise, 'body'))];
    const [only] = handlers;
    const subject = { code: opaque, text: `handlers ${node.startIndex}`, negated: false, names: [] };
    return {
      op: 'try',
      body: { op: 'parts', parts: [body, ...rest] },
      handler:
        handlers.length > 1
          ? {
              op: 'choose',
              subject,
              arms: handlers.map((code) => ({ code, holds: undefined })),
              exhaustive: true,
            }
          : only,
      finalizer: finalizer === undefined ? undefined : this.branch(childrenOfType(finalizer, 'block')[0]),
    };
  }

  private lowerWith(node: Syntax): Code {
    const items = named(childrenOfType(node, 'with_clause')[0]);
    const opening = items.map((item): Code => {
      const value = field(item, 'value');
      if (value?.type !== 'as_pattern') return this.lower(value);
      const [subject] = named(value);
      const alias = field(value, 'alias');
      if (subject === undefined || alias === undefined) return this.lower(value);
      const target = this.target(alias);
      if (this.relevance.matters(spanOf(subject))) this.noteTarget(target);
      return {
        op: 'bind',
        target,
        value: this.lower(subject),
        how: 'declare',
        statement: undefined,
        keyword: 'var',
        targetSpan: spanOf(alias),
      };
    });
    const body = this.branch(field(node, 'body'));
    const failing = items.some((item) => expectsFailure(item.text));
    const parts: readonly Code[] = [...opening, failing ? { op: 'expect-failure', body } : body];
    // `suppress`, and tests of failures, go on after the first failure.
    return failing
      ? { op: 'try', body: { op: 'parts', parts }, handler: opaque, finalizer: undefined }
      : { op: 'parts', parts };
  }

  private lowerLeave(node: Syntax): Code {
    const how = node.type.split('_', 1)[0];
    const [value] = named(node);
    return {
      op: 'leave',
      how: how === 'return' || how === 'break' || how === 'continue' ? how : 'throw',
      label: undefined,
      value: value === undefined ? undefined : this.lower(value),
    };
  }
}

function isOnce(items: Syntax | undefined): boolean {
  return /^range\(\s*(?:0\s*,\s*)?1\s*\)$/.test(items?.text ?? '');
}

function declareName(name: string, value: Code, span: Span): Code {
  return {
    op: 'bind',
    target: { type: 'name', name, span },
    value,
    how: 'declare',
    statement: undefined,
    keyword: 'var',
    targetSpan: span,
  };
}

/** `pytest.raises(…)`, `self.assertRaises(…)` */
function expectsFailure(text: string): boolean {
  return /^(?:pytest\.raises|raises|self\.assertRaises\w*)\b/.test(text);
}
