import type { Span } from '../span';
import type { Syntax } from '../syntax';
import { childrenOfType, field, named, spanOf } from '../syntax';
import type { Code, ConditionCode, FunctionCode, LoopCode, Target } from './code';
import { namesIn, opaque } from './code';
import { Lowering } from './lowering';
import type { Relevance } from './relevance';

/** The words that make Rust worth a look, and those with which control leaves. */
export const rustWords = {
  relevant:
    /\bcall_run\b|\bwasi_cli_run\w*|\binstantiate\w*|\bget_(?:typed_)?func\b|\bget_export\w*|\btyped_func\b|wasi:cli\/run|\bComponent\b|\bCommand\w*|\.wasm"/,
  runs: /\bcall_run\b|\binstantiate\w*|\bget_(?:typed_)?func\b|\btyped_func\b/,
  exits: /\b(?:return|break|continue|panic|bail|exit|unreachable|todo)\b/g,
};

const wrappers = new Set([
  'try_expression',
  'await_expression',
  'parenthesized_expression',
  'reference_expression',
  'unary_expression',
  'type_cast_expression',
  'unsafe_block',
  'async_block',
  'expression_statement',
]);
const leavingMacros = new Set(['panic', 'bail', 'unreachable', 'todo', 'unimplemented']);

/** Rust as {@link Code}. */
export class RustLowering extends Lowering {
  readonly #parseInside: (span: Span) => Syntax | undefined;
  #self: string | undefined;

  /** @param parseInside the tree of a part of the text: what stands between a macro's braces */
  constructor(text: string, relevance: Relevance, parseInside: (span: Span) => Syntax | undefined) {
    super(text, relevance);
    this.#parseInside = parseInside;
  }

  lowerFile(root: Syntax): Code {
    return this.block(itemsFirst(named(root)), spanOf(root), true);
  }

  protected override lowerPlain(node: Syntax): Code | undefined {
    switch (node.type) {
      case 'identifier':
      case 'type_identifier':
      case 'shorthand_field_identifier':
        if (node.text === 'None') return { op: 'nothing' };
        return { op: 'name', name: node.text === 'Self' ? (this.#self ?? 'Self') : node.text };
      case 'self':
        return { op: 'name', name: 'self' };
      case 'string_literal':
      case 'raw_string_literal':
        return { op: 'literal', kind: 'text', value: childrenOfType(node, 'string_content')[0]?.text ?? '' };
      case 'boolean_literal':
      case 'integer_literal':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'scoped_identifier':
        return {
          op: 'member',
          object: this.lowerCallee(field(node, 'path')),
          key: field(node, 'name')?.text,
        };
      default:
        return wrappers.has(node.type) &&
          !(node.type === 'unary_expression' && this.write(node).startsWith('!'))
          ? this.lower(named(node).findLast(({ type }) => type !== 'mutable_specifier'))
          : undefined;
    }
  }

  protected override isChain({ type }: Syntax): boolean {
    return (
      type === 'field_expression' ||
      type === 'call_expression' ||
      type === 'generic_function' ||
      type === 'index_expression'
    );
  }

  protected override lowerRelevant(node: Syntax): Code | undefined {
    switch (node.type) {
      case 'block':
        return this.block(itemsFirst(named(node)), spanOf(node), true);
      case 'mod_item':
        return this.block(itemsFirst(named(field(node, 'body'))), spanOf(node), true);
      case 'function_item': {
        const fn = this.functionCode(node);
        const code: Code = { op: 'function', fn };
        return fn.name === undefined ? code : declareName(fn.name, code, spanOf(node));
      }
      case 'closure_expression':
        return { op: 'function', fn: this.functionCode(node) };
      case 'impl_item':
        return this.lowerImpl(node);
      case 'const_item':
      case 'static_item':
      case 'let_declaration':
        return this.lowerLet(node);
      case 'assignment_expression':
        return this.lowerAssignment(node);
      case 'field_expression':
        return {
          op: 'member',
          object: this.lowerCallee(field(node, 'value')),
          key: field(node, 'field')?.text,
        };
      case 'index_expression': {
        const [object, index] = named(node);
        return {
          op: 'member',
          object: this.lowerCallee(object),
          key: index?.type === 'integer_literal' ? index.text : undefined,
        };
      }
      case 'generic_function':
        return this.lowerCallee(field(node, 'function'));
      case 'call_expression':
        return this.lowerCall(node);
      case 'macro_invocation':
        return this.lowerMacro(node);
      case 'struct_expression':
        return this.lowerStruct(node);
      case 'if_expression':
        return this.lowerIf(node);
      case 'else_clause':
        return this.lower(named(node)[0]);
      case 'match_expression':
        return this.lowerMatch(node);
      case 'for_expression':
      case 'while_expression':
      case 'loop_expression':
        return this.lowerLoop(node);
      case 'return_expression':
      case 'break_expression':
      case 'continue_expression':
        return this.lowerLeave(node);
      default:
        return undefined;
    }
  }

  protected override lowerLeaving(node: Syntax): Code {
    switch (node.type) {
      case 'return_expression':
      case 'break_expression':
      case 'continue_expression':
      case 'macro_invocation':
      case 'if_expression':
      case 'match_expression':
      case 'call_expression':
        return this.lowerRelevant(node) ?? opaque;
      case 'closure_expression':
      case 'function_item':
      case 'for_expression':
      case 'while_expression':
      case 'loop_expression':
        return opaque;
      default:
        return {
          op: 'block',
          body: named(node)
            .filter((child) => this.relevance.leaves(spanOf(child)))
            .map((child) => this.lowerLeaving(child)),
          span: spanOf(node),
          scoped: true,
        };
    }
  }

  /** `x.is_none()` asks what `x` counts as. */
  protected override condition(node: Syntax | undefined): ConditionCode {
    const [, not, name, wanted] = /^(!?)(\w+)\.(is_none|is_some)\(\)$/.exec(node?.text ?? '') ?? [];
    if (name === undefined) return super.condition(node);
    this.relevance.addName(name);
    return {
      code: { op: 'name', name },
      text: name,
      negated: (wanted === 'is_none') !== (not === '!'),
      names: [name],
    };
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
    const params = named(field(node, 'parameters')).filter(({ type }) => type !== 'attribute_item');
    const body = this.lower(field(node, 'body'));
    return this.noteFunction({
      name: node.type === 'function_item' ? field(node, 'name')?.text : undefined,
      params: params.map((param): Target =>
        param.type === 'self_parameter'
          ? { type: 'name', name: 'self', span: spanOf(param) }
          : this.target(field(param, 'pattern') ?? param),
      ),
      body: shouldPanic(node) ? { op: 'expect-failure', body } : body,
      span: spanOf(node),
      isAsync: true,
      mayRun: this.relevance.mayRun(spanOf(node)),
      outerNames: [],
      decorators: [],
    });
  }

  private lowerImpl(node: Syntax): Code {
    const type = field(node, 'type');
    const name = (type?.type === 'generic_type' ? field(type, 'type') : type)?.text;
    const outer = this.#self;
    this.#self = name;
    const methods = childrenOfType(field(node, 'body') ?? node, 'function_item').filter((item) =>
      this.relevance.matters(spanOf(item)),
    );
    const code: Code = {
      op: 'class',
      declared: { name, methods: methods.map((item) => this.functionCode(item)), fields: [], bases: [] },
    };
    this.#self = outer;
    if (name === undefined) return code;
    if (methods.length > 0) this.relevance.addName(name);
    return declareName(name, code, spanOf(node));
  }

  private target(node: Syntax): Target {
    switch (node.type) {
      case 'identifier':
      case 'shorthand_field_identifier':
        return { type: 'name', name: node.text, span: spanOf(node) };
      case 'tuple_pattern':
        return {
          type: 'items',
          items: withHoles(node).map((child) =>
            child === undefined ? { type: 'none' } : this.target(child),
          ),
        };
      case 'tuple_struct_pattern':
      case 'mut_pattern':
      case 'ref_pattern':
      case 'reference_pattern':
      case 'match_pattern': {
        const inner = named(node).findLast(({ type }) => type !== 'mutable_specifier');
        return inner === undefined || inner.startIndex === field(node, 'type')?.startIndex
          ? { type: 'none' }
          : this.target(inner);
      }
      case 'struct_pattern':
        return {
          type: 'fields',
          fields: childrenOfType(node, 'field_pattern').flatMap((child) => {
            const name = field(child, 'name');
            return name === undefined
              ? []
              : [[name.text, this.target(field(child, 'pattern') ?? name)] as const];
          }),
        };
      case 'field_expression':
        return { type: 'member', object: this.lower(field(node, 'value')), key: field(node, 'field')?.text };
      default:
        return { type: 'none' };
    }
  }

  private lowerLet(node: Syntax): Code {
    const pattern = field(node, 'pattern') ?? field(node, 'name');
    const value = field(node, 'value');
    if (pattern === undefined) return opaque;
    const target = this.target(pattern);
    if (value !== undefined && this.relevance.matters(spanOf(value))) this.noteTarget(target);
    const lowered: Code = value === undefined ? { op: 'nothing' } : this.lower(value);
    return {
      op: 'bind',
      target,
      value:
        target.type === 'name' && this.isChecked(target.name, node)
          ? { op: 'expect-failure', body: lowered }
          : lowered,
      how: 'declare',
      statement:
        node.type === 'let_declaration' && value !== undefined && field(node, 'alternative') === undefined
          ? spanOf(node)
          : undefined,
      keyword: 'let',
      targetSpan: spanOf(pattern),
    };
  }

  /** `let second = …call_run(…); assert!(second.is_err());` */
  private isChecked(name: string, node: Syntax): boolean {
    const rest = this.text.slice(node.endIndex, node.endIndex + 400);
    return new RegExp(`\\b${name}\\.(?:is_err|unwrap_err|expect_err)\\(|matches!\\(\\s*${name},\\s*Err`).test(
      rest,
    );
  }

  private lowerAssignment(node: Syntax): Code {
    const left = field(node, 'left');
    const right = field(node, 'right');
    if (left === undefined || right === undefined) return opaque;
    const target = this.target(left);
    if (this.relevance.matters(spanOf(right))) this.noteTarget(target);
    const statement = node.parent?.type === 'expression_statement' ? spanOf(node.parent) : undefined;
    return {
      op: 'bind',
      target,
      value: this.lower(right),
      how: 'assign',
      statement,
      keyword: undefined,
      targetSpan: spanOf(left),
    };
  }

  private lowerCall(node: Syntax): Code {
    const callee = field(node, 'function');
    if (callee === undefined) return opaque;
    if (
      callee.type === 'field_expression' &&
      /^(?:is_err|unwrap_err|expect_err)$/.test(field(callee, 'field')?.text ?? '')
    ) {
      return { op: 'expect-failure', body: this.lower(field(callee, 'value')) };
    }
    const code = this.lowerCallee(callee);
    if (this.relevance.matters(spanOf(callee)))
      namesIn(code).forEach((name) => {
        this.relevance.addName(name);
      });
    return {
      op: 'call',
      callee: code,
      args: named(field(node, 'arguments')).map((argument) => this.lower(argument)),
      span: spanOf(node),
    };
  }

  private lowerMacro(node: Syntax): Code {
    const name = field(node, 'macro')?.text.split('::').at(-1) ?? '';
    if (leavingMacros.has(name)) return { op: 'leave', how: 'throw', label: undefined, value: undefined };
    const [tokens] = childrenOfType(node, 'token_tree');
    if (tokens === undefined) return opaque;
    if (name === 'include_bytes' || name === 'concat') {
      const file = /"([^"]*\.wasm)"/.exec(tokens.text)?.[1];
      return file === undefined ? opaque : { op: 'literal', kind: 'text', value: file };
    }
    const inside = this.#parseInside({ start: tokens.startIndex + 1, end: tokens.endIndex - 1 });
    return inside === undefined
      ? opaque
      : { op: 'parts', parts: named(inside).map((child) => this.lower(child)) };
  }

  private lowerStruct(node: Syntax): Code {
    const name = this.lowerPlain(field(node, 'name') ?? node);
    const fields = named(field(node, 'body')).flatMap((child): readonly (readonly [string, Code])[] => {
      const key = field(child, 'field');
      const value = field(child, 'value');
      if (key !== undefined && value !== undefined) return [[key.text, this.lower(value)]];
      const [shorthand] = named(child);
      return child.type === 'shorthand_field_initializer' && shorthand !== undefined
        ? [[shorthand.text, { op: 'name', name: shorthand.text }]]
        : [];
    });
    return { op: 'record', type: name?.op === 'name' ? name.name : undefined, fields };
  }

  private lowerIf(node: Syntax): Code {
    const condition = field(node, 'condition');
    const otherwise = field(node, 'alternative');
    const then = this.branch(field(node, 'consequence'));
    const no = otherwise === undefined ? undefined : this.branch(otherwise);
    if (condition?.type !== 'let_condition')
      return { op: 'if', condition: this.condition(condition), then, otherwise: no };
    const { subject, test, bind } = this.letCondition(condition);
    return inOrder(node, [
      subject,
      { op: 'if', condition: test, then: inOrder(node, [bind, then]), otherwise: no },
    ]);
  }

  /** The value is evaluated once, tested, and then taken apart. */
  private letCondition(condition: Syntax): {
    readonly subject: Code;
    readonly test: ConditionCode;
    readonly bind: Code;
  } {
    const pattern = field(condition, 'pattern');
    const value = this.lower(field(condition, 'value'));
    const target: Target = pattern === undefined ? { type: 'none' } : this.target(pattern);
    if (this.relevance.matters(spanOf(condition))) this.noteTarget(target);
    const holds = holdsFor(pattern);
    const code = holds === undefined ? opaque : plainName(field(condition, 'value'));
    const text = this.write(condition).replace(/\s+/g, ' ');
    return {
      subject: bindTo(subjectTarget(condition), value, spanOf(condition)),
      test: { code, text, negated: code.op === 'name' && holds === false, names: text.match(/\w+/g) ?? [] },
      bind: bindTo(target, { op: 'name', name: subjectName(condition) }, spanOf(condition)),
    };
  }

  private lowerMatch(node: Syntax): Code {
    const subject = field(node, 'value');
    const arms = childrenOfType(field(node, 'body') ?? node, 'match_arm');
    const text = subject === undefined ? '' : this.write(subject).replace(/\s+/g, ' ');
    const name: Code = { op: 'name', name: subjectName(node) };
    // `Ok(_) => panic!("should have trapped")`
    const isExpected = arms.some(
      (arm) => /^Ok\b/.test(arm.text) && /=>\s*\{?\s*(?:panic|unreachable)!/.test(arm.text),
    );
    return inOrder(node, [
      bindTo(
        subjectTarget(node),
        isExpected ? { op: 'expect-failure', body: this.lower(subject) } : this.lower(subject),
        spanOf(node),
      ),
      {
        op: 'choose',
        subject: { code: plainName(subject), text, negated: false, names: text.match(/\w+/g) ?? [] },
        arms: arms.map((arm) => {
          const pattern = field(arm, 'pattern');
          const target: Target = pattern === undefined ? { type: 'none' } : this.target(pattern);
          const code = inOrder(arm, [bindTo(target, name, spanOf(arm)), this.branch(field(arm, 'value'))]);
          return { code, holds: holdsFor(pattern) };
        }),
        exhaustive: true,
      },
    ]);
  }

  private lowerLoop(node: Syntax): LoopCode {
    const body = field(node, 'body');
    const condition = node.type === 'while_expression' ? field(node, 'condition') : undefined;
    const isLet = condition?.type === 'let_condition';
    const each =
      node.type === 'for_expression'
        ? field(node, 'pattern')
        : isLet
          ? field(condition, 'pattern')
          : undefined;
    const items = node.type === 'for_expression' ? field(node, 'value') : undefined;
    const [label] = childrenOfType(node, 'label');
    return {
      op: 'loop',
      label: label?.text.replace(/^'/, ''),
      before: items === undefined ? undefined : this.lower(items),
      condition:
        condition === undefined
          ? undefined
          : isLet
            ? { ...this.condition(field(condition, 'value')), code: opaque }
            : this.condition(condition),
      each: each === undefined ? undefined : this.target(each),
      body: this.branch(body),
      after: undefined,
      span: spanOf(node),
      bodySpan: body === undefined ? spanOf(node) : spanOf(body),
      atLeastOnce: false,
      once: /^\(?\s*0\s*\.\.\s*(?:1|=\s*0)\s*\)?$/.test(items?.text ?? ''),
    };
  }

  private lowerLeave(node: Syntax): Code {
    const how = node.type.split('_', 1)[0];
    const [label] = childrenOfType(node, 'label');
    const value = named(node).find(({ type }) => type !== 'label');
    return {
      op: 'leave',
      how: how === 'break' || how === 'continue' ? how : 'return',
      label: label?.text.replace(/^'/, ''),
      value: value === undefined ? undefined : this.lower(value),
    };
  }
}

/** Items are there from the start of their block. */
function itemsFirst(nodes: readonly Syntax[]): readonly Syntax[] {
  const items = nodes.filter(({ type }) => type.endsWith('_item') && type !== 'attribute_item');
  return items.length === 0 ? nodes : [...items, ...nodes.filter((node) => !items.includes(node))];
}

/** The parts of a tuple pattern; `_` is a part too, though it has no name. */
function withHoles(node: Syntax): readonly (Syntax | undefined)[] {
  return node.children.flatMap((child) =>
    child === null
      ? []
      : child.isNamed && child.type !== 'mutable_specifier'
        ? [child]
        : child.type === '_'
          ? [undefined]
          : [],
  );
}

function shouldPanic(node: Syntax): boolean {
  const before = node.previousNamedSibling;
  if (before?.type !== 'attribute_item') return false;
  return before.text.includes('should_panic') || shouldPanic(before);
}

/** `Some(…)` is for what counts as true, `None` for what counts as false. */
function holdsFor(pattern: Syntax | undefined): boolean | undefined {
  const name = /^\w+/.exec(pattern?.text ?? '')?.[0];
  return name === 'Some' ? true : name === 'None' ? false : undefined;
}

function plainName(node: Syntax | undefined): Code {
  return node?.type === 'identifier' ? { op: 'name', name: node.text } : opaque;
}

function subjectName(node: Syntax): string {
  return `subject ${node.startIndex}`;
}

function subjectTarget(node: Syntax): Target {
  return { type: 'name', name: subjectName(node), span: spanOf(node) };
}

function bindTo(target: Target, value: Code, span: Span): Code {
  return {
    op: 'bind',
    target,
    value,
    how: 'declare',
    statement: undefined,
    keyword: 'let',
    targetSpan: span,
  };
}

function inOrder(node: Syntax, body: readonly Code[]): Code {
  return { op: 'block', body, span: spanOf(node), scoped: true };
}

function declareName(name: string, value: Code, span: Span): Code {
  return {
    op: 'bind',
    target: { type: 'name', name, span },
    value,
    how: 'declare',
    statement: undefined,
    keyword: 'const',
    targetSpan: span,
  };
}
