import type { Span } from '../../span';
import type { Syntax } from '../../syntax';
import { childrenOfType, field, named, spanOf } from '../../syntax';
import type { BindCode, Code, LoopCode, Target } from '../code';
import { opaque } from '../code';
import type { Relevance } from '../relevance';
import { bindTo, earlyFirst, loopOf, type OwnFunction } from './build';
import { javascriptTables } from './javascript-tables';
import { Lowering } from './lowering';

/** JavaScript and TypeScript as {@link Code}. */
export class JavaScriptLowering extends Lowering {
  constructor(text: string, relevance: Relevance) {
    super(text, relevance, javascriptTables);
  }

  protected override lowerPlain(node: Syntax, type: string): Code | undefined {
    switch (type) {
      case 'identifier':
      case 'shorthand_property_identifier':
        return node.text === 'undefined' ? { op: 'nothing' } : { op: 'name', name: node.text };
      case 'this':
        return { op: 'name', name: 'this' };
      case 'import':
        return { op: 'name', name: 'import' };
      case 'string':
        return { op: 'literal', kind: 'text', value: node.text.slice(1, -1) };
      case 'template_string':
        return childrenOfType(node, 'template_substitution').length > 0
          ? undefined
          : { op: 'literal', kind: 'text', value: node.text.slice(1, -1) };
      case 'true':
      case 'false':
      case 'number':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'null':
        return { op: 'nothing' };
      case 'type_assertion':
        return this.lower(named(node).at(-1));
      default:
        return undefined;
    }
  }

  protected override lowerOwn(node: Syntax, type: string): Code | undefined {
    switch (type) {
      case 'lexical_declaration':
      case 'variable_declaration':
        return this.#declaration(node);
      case 'export_statement':
        return this.lower(field(node, 'declaration') ?? field(node, 'value'));
      case 'import_statement':
        return this.#import(node);
      case 'class_declaration':
      case 'class':
        return this.#class(node);
      case 'object':
        return this.#object(node);
      case 'switch_statement':
        return this.#switch(node);
      case 'labeled_statement': {
        const body = this.branch(field(node, 'body'));
        return body.op === 'loop' ? { ...body, label: field(node, 'label')?.text } : body;
      }
      case 'for_statement':
      case 'for_in_statement':
      case 'while_statement':
      case 'do_statement':
        return this.#loop(node);
      case 'try_statement':
        return this.#try(node);
      default:
        return undefined;
    }
  }

  protected override block(nodes: readonly Syntax[], span: Span): Code {
    return { op: 'block', body: this.lowerList(hoisted(nodes)), span, scoped: true };
  }

  /** A template after a function's name is no list of arguments. */
  protected override argumentsOf(node: Syntax): readonly Syntax[] {
    const list = field(node, 'arguments');
    return list?.type === 'arguments' ? named(list) : [];
  }

  #declaration(node: Syntax): Code {
    const declarators = childrenOfType(node, 'variable_declarator');
    const written = field(node, 'kind')?.text;
    const keyword = written === 'const' || written === 'let' ? written : 'var';
    const parts = declarators.map((declarator): Code => {
      const pattern = field(declarator, 'name');
      const initial = field(declarator, 'value');
      if (pattern === undefined) return opaque;
      const target = this.target(pattern);
      if (initial === undefined) return bindTo(target, { op: 'nothing' }, spanOf(pattern), { keyword });
      if (this.relevance.matters(spanOf(initial))) this.noteTarget(target);
      const statement = declarators.length === 1 ? spanOf(node) : undefined;
      return bindTo(target, this.lower(initial), spanOf(pattern), { keyword, statement });
    });
    return { op: 'parts', parts };
  }

  protected override ownTarget(node: Syntax, type: string): Target {
    if (type !== 'object_pattern') return { type: 'none' };
    return { type: 'fields', fields: named(node).flatMap((child) => this.#fieldTarget(child)) };
  }

  #fieldTarget(node: Syntax): readonly (readonly [string, Target])[] {
    const isPair = node.type === 'pair_pattern';
    const key = isPair ? field(node, 'key') : (field(node, 'left') ?? node);
    const target = this.target(isPair ? field(node, 'value') : node);
    return key === undefined || target.type === 'none' ? [] : [[unquoted(key), target]];
  }

  #import(node: Syntax): Code {
    const source = field(node, 'source');
    const [clause] = childrenOfType(node, 'import_clause');
    if (source === undefined || clause === undefined || /^import\s+type\b/.test(this.write(node)))
      return opaque;
    const fields = named(clause).flatMap((part): readonly (readonly [string, Target])[] => {
      if (part.type === 'identifier') return [['default', this.target(part)]];
      if (part.type === 'namespace_import') return [['*', this.target(named(part)[0])]];
      return childrenOfType(part, 'import_specifier').flatMap((specifier) => {
        const name = field(specifier, 'name');
        return name === undefined
          ? []
          : [[unquoted(name), this.target(field(specifier, 'alias') ?? name)] as const];
      });
    });
    for (const [key, inner] of fields)
      if (key === '*' || key === 'default' || this.relevance.matters(spanOf(node))) this.noteTarget(inner);
    const module: Code = {
      op: 'call',
      callee: { op: 'name', name: 'import' },
      args: [{ op: 'literal', kind: 'text', value: unquoted(source) }],
      span: spanOf(node),
    };
    return bindTo({ type: 'fields', fields }, module, spanOf(clause), { keyword: 'const' });
  }

  #object(node: Syntax): Code {
    const fields = named(node).flatMap((child): readonly (readonly [string, Code])[] => {
      if (child.type === 'shorthand_property_identifier') return [[child.text, this.lower(child)]];
      if (child.type === 'method_definition') return [[field(child, 'name')?.text ?? '', this.lower(child)]];
      const key = field(child, 'key');
      return child.type === 'pair' && key !== undefined
        ? [[unquoted(key), this.lower(field(child, 'value'))]]
        : [];
    });
    return { op: 'record', type: undefined, fields };
  }

  protected override ownFunction(node: Syntax): OwnFunction {
    const body = field(node, 'body');
    const list = field(node, 'parameters') ?? field(node, 'parameter');
    const params = list === undefined ? [] : list.type === 'formal_parameters' ? named(list) : [list];
    const isExpression = body !== undefined && body.type !== 'statement_block';
    const lowered = this.lower(body);
    return {
      name: field(node, 'name')?.text,
      params: params.map((param) => this.target(param)),
      body: isExpression ? { op: 'leave', how: 'return', label: undefined, value: lowered } : lowered,
      isAsync: /^(?:(?:public|private|protected|static|override)\s+)*async\b/.test(this.write(node)),
    };
  }

  #class(node: Syntax): Code {
    const name = field(node, 'name')?.text;
    const members = named(field(node, 'body'));
    const methods = members.filter(({ type }) => type === 'method_definition');
    const code = this.classCode(node, {
      name,
      methods: methods.map((member) => this.functionCode(member)),
      fields: members.flatMap((member) => this.#classField(member)),
      bases: [],
    });
    if (name !== undefined) this.relevance.addName(name);
    return code;
  }

  #classField(member: Syntax): readonly BindCode[] {
    const name = field(member, 'name') ?? field(member, 'property');
    const value = field(member, 'value');
    if (!member.type.endsWith('field_definition') || name === undefined || value === undefined) return [];
    if (this.relevance.matters(spanOf(value))) this.relevance.addName(name.text);
    const target: Target = { type: 'member', object: { op: 'name', name: 'this' }, key: name.text };
    return [bindTo(target, this.lower(value), spanOf(name), { how: 'assign', keyword: undefined })];
  }

  #switch(node: Syntax): Code {
    const cases = named(field(node, 'body'));
    // An arm without break goes on into the next one.
    const arms = cases.map((_, index): Code => {
      const parts: Code[] = [];
      for (const arm of cases.slice(index)) {
        const statements = named(arm).filter((child) => child.startIndex !== field(arm, 'value')?.startIndex);
        parts.push({ op: 'block', body: this.#switchArm(statements), span: spanOf(arm), scoped: true });
        if (/\b(?:break|return|throw|continue)\b[^{}]*\}?\s*$/.test(this.write(arm))) break;
      }
      return { op: 'block', body: parts, span: spanOf(node), scoped: false };
    });
    return {
      op: 'choose',
      subject: this.condition(field(node, 'value')),
      arms: arms.map((code) => ({ code, holds: undefined })),
      exhaustive: cases.some(({ type }) => type === 'switch_default'),
    };
  }

  #switchArm(statements: readonly Syntax[]): readonly Code[] {
    const last = statements.at(-1);
    const breaks = last?.type === 'break_statement' && field(last, 'label') === undefined;
    const own = breaks ? statements.slice(0, -1) : statements;
    const [only] = own;
    // `case 1: { …; break; }`
    return own.length === 1 && only?.type === 'statement_block'
      ? this.#switchArm(named(only))
      : own.map((statement) => this.branch(statement));
  }

  #loop(node: Syntax): LoopCode {
    const body = field(node, 'body');
    const head = body === undefined ? '' : this.text.slice(node.startIndex, body.startIndex);
    const shared = { body: this.branch(body), atLeastOnce: node.type === 'do_statement' };
    if (node.type === 'for_in_statement') {
      const each = this.target(field(node, 'left'));
      return loopOf(node, body, { ...shared, before: this.lower(field(node, 'right')), each });
    }
    const initial = field(node, 'initializer');
    const condition = field(node, 'condition');
    return loopOf(node, body, {
      ...shared,
      // What it counts with says in which pass a condition holds.
      before: initial?.type === 'lexical_declaration' ? this.#declaration(initial) : this.lower(initial),
      condition: condition === undefined || condition.type === ';' ? undefined : this.condition(condition),
      once: /=\s*0\s*;[^;]*<\s*1\s*;/.test(head),
    });
  }

  #try(node: Syntax): Code {
    const handler = field(node, 'handler');
    const finalizer = field(node, 'finalizer');
    return {
      op: 'try',
      body: this.tried(field(node, 'body'), handler !== undefined),
      handler: handler === undefined ? undefined : this.branch(field(handler, 'body')),
      finalizer: finalizer === undefined ? undefined : this.branch(field(finalizer, 'body')),
    };
  }
}

/** Functions are there from the start of their block, and imports from that of the file. */
function hoisted(nodes: readonly Syntax[]): readonly Syntax[] {
  const isEarly = (node: Syntax) =>
    node.type === 'import_statement' ||
    node.type.endsWith('function_declaration') ||
    (node.type === 'export_statement' &&
      field(node, 'declaration')?.type.endsWith('function_declaration') === true);
  return earlyFirst(nodes, isEarly);
}

function unquoted(node: Syntax): string {
  return node.type === 'string' ? node.text.slice(1, -1) : node.text;
}
