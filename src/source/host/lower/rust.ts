import type { Span } from '../../span';
import type { Syntax } from '../../syntax';
import { childrenOfType, field, named, spanOf } from '../../syntax';
import type { ArmCode, Code, ConditionCode, LoopCode, Target } from '../code';
import { opaque } from '../code';
import type { Relevance } from '../relevance';
import {
  bindTo,
  earlyFirst,
  expecting,
  inOrder,
  loopOf,
  subjectOf,
  throwing,
  type OwnFunction,
} from './build';
import { rustTables } from './rust-tables';
import { Lowering } from './lowering';

const leavingMacros = new Set(['panic', 'bail', 'unreachable', 'todo', 'unimplemented']);

/** Rust as {@link Code}. */
export class RustLowering extends Lowering {
  readonly #parseInside: (span: Span) => Syntax | undefined;
  #self: string | undefined;

  /** @param parseInside the tree of a part of the text: what stands between a macro's braces */
  constructor(text: string, relevance: Relevance, parseInside: (span: Span) => Syntax | undefined) {
    super(text, relevance, rustTables);
    this.#parseInside = parseInside;
  }

  protected override lowerPlain(node: Syntax, type: string): Code | undefined {
    switch (type) {
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
      case 'scoped_identifier': {
        const object = this.lowerCallee(field(node, 'path'));
        return { op: 'member', object, key: field(node, 'name')?.text };
      }
      case 'unary_expression':
        return this.write(node).startsWith('!') ? undefined : this.lower(named(node)[0]);
      default:
        return undefined;
    }
  }

  protected override lowerOwn(node: Syntax, type: string): Code | undefined {
    switch (type) {
      case 'impl_item':
        return this.#impl(node);
      case 'const_item':
      case 'static_item':
      case 'let_declaration':
        return this.#let(node);
      case 'generic_function':
        return this.lowerCallee(field(node, 'function'));
      case 'call_expression': {
        const callee = field(node, 'function');
        return callee?.type === 'field_expression' && failing.test(field(callee, 'field')?.text ?? '')
          ? expecting(true, this.lower(field(callee, 'value')))
          : undefined;
      }
      case 'macro_invocation':
        return this.#macro(node);
      case 'struct_expression':
        return this.#struct(node);
      case 'if_expression': {
        const condition = field(node, 'condition');
        return condition?.type === 'let_condition' ? this.#ifLet(node, condition) : undefined;
      }
      case 'match_expression':
        return this.#match(node);
      case 'for_expression':
      case 'while_expression':
      case 'loop_expression':
        return this.#loop(node);
      default:
        return undefined;
    }
  }

  protected override block(nodes: readonly Syntax[], span: Span): Code {
    return { op: 'block', body: this.lowerList(itemsFirst(nodes)), span, scoped: true };
  }

  /** `x.is_none()` asks what `x` counts as. */
  protected override condition(node: Syntax | undefined): ConditionCode {
    const [, not, name, wanted] = /^(!?)(\w+)\.(is_none|is_some)\(\)$/.exec(node?.text ?? '') ?? [];
    if (name === undefined) return super.condition(node);
    this.relevance.addName(name);
    const negated = (wanted === 'is_none') !== (not === '!');
    return { code: { op: 'name', name }, text: name, negated, names: [name] };
  }

  protected override ownFunction(node: Syntax): OwnFunction {
    const params = named(field(node, 'parameters')).filter(({ type }) => type !== 'attribute_item');
    return {
      name: node.type === 'function_item' ? field(node, 'name')?.text : undefined,
      params: params.map((param): Target =>
        param.type === 'self_parameter'
          ? { type: 'name', name: 'self', span: spanOf(param) }
          : this.target(field(param, 'pattern') ?? param),
      ),
      body: expecting(shouldPanic(node), this.lower(field(node, 'body'))),
      isAsync: true,
    };
  }

  #impl(node: Syntax): Code {
    const type = field(node, 'type');
    const name = (type?.type === 'generic_type' ? field(type, 'type') : type)?.text;
    const outer = this.#self;
    this.#self = name;
    const methods = childrenOfType(field(node, 'body') ?? node, 'function_item')
      .filter((item) => this.relevance.matters(spanOf(item)))
      .map((item) => this.functionCode(item));
    this.#self = outer;
    if (name !== undefined && methods.length > 0) this.relevance.addName(name);
    return this.classCode(node, { name, methods, fields: [], bases: [] });
  }

  protected override ownTarget(node: Syntax, type: string): Target {
    switch (type) {
      case 'tuple_pattern':
        return { type: 'items', items: withHoles(node).map((child) => this.target(child)) };
      case 'tuple_struct_pattern':
      case 'mut_pattern':
      case 'ref_pattern':
      case 'reference_pattern':
      case 'match_pattern': {
        const inner = named(node).findLast(({ type: part }) => part !== 'mutable_specifier');
        return inner?.startIndex === field(node, 'type')?.startIndex ? { type: 'none' } : this.target(inner);
      }
      case 'struct_pattern': {
        const fields = childrenOfType(node, 'field_pattern').flatMap((child) => {
          const name = field(child, 'name');
          return name === undefined
            ? []
            : [[name.text, this.target(field(child, 'pattern') ?? name)] as const];
        });
        return { type: 'fields', fields };
      }
      default:
        return { type: 'none' };
    }
  }

  #let(node: Syntax): Code {
    const pattern = field(node, 'pattern') ?? field(node, 'name');
    const value = field(node, 'value');
    if (pattern === undefined) return opaque;
    const target = this.target(pattern);
    if (value === undefined) return bindTo(target, { op: 'nothing' }, spanOf(pattern));
    if (this.relevance.matters(spanOf(value))) this.noteTarget(target);
    const isPlain = node.type === 'let_declaration' && field(node, 'alternative') === undefined;
    const isExpected = target.type === 'name' && this.#isChecked(target.name, node);
    return bindTo(target, expecting(isExpected, this.lower(value)), spanOf(pattern), {
      statement: isPlain ? spanOf(node) : undefined,
    });
  }

  /** `let second = …call_run(…); assert!(second.is_err());` */
  #isChecked(name: string, node: Syntax): boolean {
    const rest = this.text.slice(node.endIndex, node.endIndex + 400);
    return new RegExp(`\\b${name}\\.(?:is_err|unwrap_err|expect_err)\\(|matches!\\(\\s*${name},\\s*Err`).test(
      rest,
    );
  }

  #macro(node: Syntax): Code {
    const name = field(node, 'macro')?.text.split('::').at(-1) ?? '';
    if (leavingMacros.has(name)) return throwing;
    const [tokens] = childrenOfType(node, 'token_tree');
    if (tokens === undefined) return opaque;
    if (name === 'include_bytes' || name === 'concat') {
      const file = /"([^"]*\.wasm)"/.exec(tokens.text)?.[1];
      return file === undefined ? opaque : { op: 'literal', kind: 'text', value: file };
    }
    const inside = this.#parseInside({ start: tokens.startIndex + 1, end: tokens.endIndex - 1 });
    return { op: 'parts', parts: named(inside).map((child) => this.lower(child)) };
  }

  #struct(node: Syntax): Code {
    const name = this.lower(field(node, 'name'));
    const fields = named(field(node, 'body')).flatMap((child): readonly (readonly [string, Code])[] => {
      const key = field(child, 'field');
      const value = field(child, 'value');
      if (key !== undefined && value !== undefined) return [[key.text, this.lower(value)]];
      const [shorthand] = named(child);
      return child.type === 'shorthand_field_initializer' && shorthand !== undefined
        ? [[shorthand.text, { op: 'name', name: shorthand.text }]]
        : [];
    });
    return { op: 'record', type: name.op === 'name' ? name.name : undefined, fields };
  }

  /** The value is evaluated once, tested, and then taken apart. */
  #ifLet(node: Syntax, condition: Syntax): Code {
    const pattern = field(condition, 'pattern');
    const value = field(condition, 'value');
    const target = this.target(pattern);
    if (this.relevance.matters(spanOf(condition))) this.noteTarget(target);
    const holds = holdsFor(pattern);
    const code = holds === undefined ? opaque : plainName(value);
    const subject = subjectOf(condition);
    const span = spanOf(condition);
    const isNone = code.op === 'name' && holds === false;
    return inOrder(node, [
      bindTo(subject.target, this.lower(value), span),
      {
        op: 'if',
        condition: { ...this.#written(condition), code, negated: isNone },
        then: inOrder(node, [bindTo(target, subject.name, span), this.branch(field(node, 'consequence'))]),
        otherwise: this.otherwise(field(node, 'alternative')),
      },
    ]);
  }

  #match(node: Syntax): Code {
    const value = field(node, 'value');
    const arms = childrenOfType(field(node, 'body') ?? node, 'match_arm');
    const subject = subjectOf(node);
    // `Ok(_) => panic!("should have trapped")`
    const isExpected = arms.some(
      (arm) => /^Ok\b/.test(arm.text) && /=>\s*\{?\s*(?:panic|unreachable)!/.test(arm.text),
    );
    return inOrder(node, [
      bindTo(subject.target, expecting(isExpected, this.lower(value)), spanOf(node)),
      {
        op: 'choose',
        subject: { ...this.#written(value), code: plainName(value), negated: false },
        arms: arms.map((arm): ArmCode => {
          const pattern = field(arm, 'pattern');
          const bind = bindTo(this.target(pattern), subject.name, spanOf(arm));
          const code = inOrder(arm, [bind, this.branch(field(arm, 'value'))]);
          return { code, holds: holdsFor(pattern) };
        }),
        exhaustive: true,
      },
    ]);
  }

  /** What a condition says and reads. */
  #written(node: Syntax | undefined): Pick<ConditionCode, 'text' | 'names'> {
    const text = node === undefined ? '' : this.write(node).replace(/\s+/g, ' ');
    return { text, names: text.match(/\w+/g) ?? [] };
  }

  #loop(node: Syntax): LoopCode {
    const body = field(node, 'body');
    const [label] = childrenOfType(node, 'label');
    const shared = { body: this.branch(body), label: label?.text.replace(/^'/, '') };
    if (node.type === 'for_expression') {
      const items = field(node, 'value');
      return loopOf(node, body, {
        ...shared,
        before: this.lower(items),
        each: this.target(field(node, 'pattern')),
        once: /^\(?\s*0\s*\.\.\s*(?:1|=\s*0)\s*\)?$/.test(items?.text ?? ''),
      });
    }
    const condition = field(node, 'condition');
    if (condition?.type !== 'let_condition')
      return loopOf(node, body, {
        ...shared,
        condition: condition === undefined ? undefined : this.condition(condition),
      });
    return loopOf(node, body, {
      ...shared,
      condition: { ...this.condition(field(condition, 'value')), code: opaque },
      each: this.target(field(condition, 'pattern')),
    });
  }
}

const failing = /^(?:is_err|unwrap_err|expect_err)$/;

/** Items are there from the start of their block. */
function itemsFirst(nodes: readonly Syntax[]): readonly Syntax[] {
  return earlyFirst(nodes, ({ type }) => type.endsWith('_item') && type !== 'attribute_item');
}

/** The parts of a tuple pattern; `_` is a part too, though it has no name. */
function withHoles(node: Syntax): readonly (Syntax | undefined)[] {
  return node.children.flatMap((child) => {
    if (child === null) return [];
    if (child.isNamed && child.type !== 'mutable_specifier') return [child];
    return child.type === '_' ? [undefined] : [];
  });
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
