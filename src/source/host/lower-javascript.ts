import type { Span } from '../span';
import type { Syntax } from '../syntax';
import { childrenOfType, field, named, spanOf } from '../syntax';
import type { BindCode, ClassCode, Code, FunctionCode, LoopCode, Target } from './code';
import { namesIn, opaque } from './code';
import { Lowering } from './lowering';

/** The words that make JavaScript and TypeScript worth a look, and those with which control leaves. */
export const javascriptWords = {
  relevant:
    /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b|\bresetModules\b|\b(?:before|setup)(?:Each|All)?\b/,
  runs: /\brun\b|\binstantiate\w*\b|\b(?:import|require)\b/,
  exits: /\b(?:return|break|continue|throw|exit)\b/g,
};

const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'type_assertion',
]);
const functions = new Set([
  'arrow_function',
  'function_expression',
  'function_declaration',
  'generator_function_declaration',
  'generator_function',
  'method_definition',
]);

/** JavaScript and TypeScript as {@link Code}. */
export class JavaScriptLowering extends Lowering {
  lowerFile(root: Syntax): Code {
    return this.block(hoisted(named(root)), spanOf(root), true);
  }

  protected override lowerPlain(node: Syntax): Code | undefined {
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier':
        return node.text === 'undefined' ? { op: 'nothing' } : { op: 'name', name: node.text };
      case 'this':
        return { op: 'name', name: 'this' };
      case 'string':
        return { op: 'literal', kind: 'text', value: node.text.slice(1, -1) };
      case 'template_string':
        return named(node).some(({ type }) => type === 'template_substitution')
          ? undefined
          : { op: 'literal', kind: 'text', value: node.text.slice(1, -1) };
      case 'true':
      case 'false':
      case 'number':
        return { op: 'literal', kind: 'other', value: node.text };
      case 'null':
        return { op: 'nothing' };
      default:
        return wrappers.has(node.type)
          ? this.lower(named(node).at(node.type === 'type_assertion' ? -1 : 0))
          : undefined;
    }
  }

  protected override isChain({ type }: Syntax): boolean {
    return type === 'member_expression' || type === 'call_expression' || type === 'subscript_expression';
  }

  protected override lowerRelevant(node: Syntax): Code | undefined {
    if (functions.has(node.type)) return this.lowerFunctionLike(node);
    switch (node.type) {
      case 'statement_block':
        return this.block(hoisted(named(node)), spanOf(node), true);
      case 'expression_statement':
        return this.lowerStatement(node);
      case 'lexical_declaration':
      case 'variable_declaration':
        return this.lowerDeclaration(node);
      case 'export_statement':
        return this.lower(field(node, 'declaration') ?? field(node, 'value'));
      case 'import_statement':
        return this.lowerImport(node);
      case 'class_declaration':
      case 'class':
        return this.lowerClass(node);
      case 'member_expression':
        return {
          op: 'member',
          object: this.lower(field(node, 'object')),
          key: field(node, 'property')?.text,
        };
      case 'subscript_expression':
        return this.lowerSubscript(node);
      case 'call_expression':
      case 'new_expression':
        return this.lowerCall(node);
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return this.lowerAssignment(node, undefined);
      case 'object':
        return this.lowerObject(node);
      case 'if_statement':
        return this.lowerIf(node);
      case 'else_clause':
        return this.lower(named(node)[0]);
      case 'ternary_expression':
        return this.lowerTernary(node);
      case 'binary_expression':
        return this.lowerBinary(node);
      case 'switch_statement':
        return this.lowerSwitch(node);
      case 'labeled_statement': {
        const body = this.lower(field(node, 'body'));
        return body.op === 'loop' ? { ...body, label: field(node, 'label')?.text } : body;
      }
      case 'for_statement':
      case 'for_in_statement':
      case 'while_statement':
      case 'do_statement':
        return this.lowerLoop(node);
      case 'try_statement':
        return this.lowerTry(node);
      case 'return_statement':
      case 'throw_statement':
      case 'break_statement':
      case 'continue_statement':
        return this.lowerLeave(node);
      default:
        return undefined;
    }
  }

  private lowerStatement(node: Syntax): Code {
    const [expression] = named(node);
    if (expression?.type === 'assignment_expression') return this.lowerAssignment(expression, spanOf(node));
    return this.lower(expression);
  }

  private lowerDeclaration(node: Syntax): Code {
    const declarators = childrenOfType(node, 'variable_declarator');
    const written = field(node, 'kind')?.text;
    const keyword = written === 'const' || written === 'let' ? written : 'var';
    const binds = declarators.map((declarator): Code => {
      const pattern = field(declarator, 'name');
      const initial = field(declarator, 'value');
      if (pattern === undefined) return opaque;
      const value: Code = initial === undefined ? { op: 'nothing' } : this.lower(initial);
      const target = this.target(pattern);
      if (initial !== undefined && this.relevance.matters(spanOf(initial))) this.noteTarget(target);
      return {
        op: 'bind',
        target,
        value,
        how: 'declare',
        statement: declarators.length === 1 && initial !== undefined ? spanOf(node) : undefined,
        keyword,
        targetSpan: spanOf(pattern),
      };
    });
    return { op: 'parts', parts: binds };
  }

  private lowerAssignment(node: Syntax, statement: Span | undefined): Code {
    const left = field(node, 'left');
    const right = field(node, 'right');
    if (left === undefined || right === undefined) return opaque;
    const target = this.target(left);
    if (this.relevance.matters(spanOf(right))) this.noteTarget(target);
    const operator = field(node, 'operator')?.text;
    return {
      op: 'bind',
      target,
      value: this.lower(right),
      how: operator === '??=' || operator === '||=' ? 'assign-if-empty' : 'assign',
      statement,
      keyword: undefined,
      targetSpan: spanOf(left),
    };
  }

  private target(node: Syntax): Target {
    switch (node.type) {
      case 'identifier':
        return { type: 'name', name: node.text, span: spanOf(node) };
      case 'shorthand_property_identifier_pattern':
        return { type: 'name', name: node.text, span: spanOf(node), shorthand: true };
      case 'object_pattern':
        return { type: 'fields', fields: named(node).flatMap((child) => this.fieldTarget(child)) };
      case 'array_pattern':
        return { type: 'items', items: named(node).map((child) => this.target(child)) };
      case 'assignment_pattern': {
        const left = field(node, 'left');
        return left === undefined ? { type: 'none' } : this.target(left);
      }
      case 'member_expression':
        return {
          type: 'member',
          object: this.lower(field(node, 'object')),
          key: field(node, 'property')?.text,
        };
      case 'required_parameter':
      case 'optional_parameter': {
        const pattern = field(node, 'pattern');
        return pattern === undefined ? { type: 'none' } : this.target(pattern);
      }
      default:
        return { type: 'none' };
    }
  }

  private fieldTarget(node: Syntax): readonly (readonly [string, Target])[] {
    if (node.type === 'shorthand_property_identifier_pattern') return [[node.text, this.target(node)]];
    if (node.type === 'pair_pattern') {
      const key = field(node, 'key');
      const value = field(node, 'value');
      return key === undefined || value === undefined ? [] : [[unquoted(key), this.target(value)]];
    }
    const left = node.type === 'object_assignment_pattern' ? field(node, 'left') : undefined;
    return left === undefined ? [] : [[left.text, this.target(left)]];
  }

  private lowerImport(node: Syntax): Code {
    const source = field(node, 'source');
    const [clause] = childrenOfType(node, 'import_clause');
    if (source === undefined || clause === undefined || /^import\s+type\b/.test(this.write(node)))
      return opaque;
    const fields = named(clause).flatMap((part): readonly (readonly [string, Target])[] => {
      const nameTarget = (name: Syntax): Target => ({ type: 'name', name: name.text, span: spanOf(name) });
      if (part.type === 'identifier') return [['default', nameTarget(part)]];
      if (part.type === 'namespace_import')
        return named(part)
          .slice(0, 1)
          .map((name) => ['*', nameTarget(name)] as const);
      return childrenOfType(part, 'import_specifier').flatMap((specifier) => {
        const name = field(specifier, 'name');
        return name === undefined
          ? []
          : [[unquoted(name), nameTarget(field(specifier, 'alias') ?? name)] as const];
      });
    });
    const target: Target = { type: 'fields', fields };
    for (const [key, inner] of fields)
      if (key === '*' || key === 'default' || this.relevance.matters(spanOf(node))) this.noteTarget(inner);
    const module: Code = {
      op: 'call',
      callee: { op: 'name', name: 'import' },
      args: [{ op: 'literal', kind: 'text', value: unquoted(source) }],
      span: spanOf(node),
    };
    return {
      op: 'bind',
      target,
      value: module,
      how: 'declare',
      statement: undefined,
      keyword: 'const',
      targetSpan: spanOf(clause),
    };
  }

  private lowerSubscript(node: Syntax): Code {
    const index = field(node, 'index');
    const plain = index === undefined ? undefined : this.lowerPlain(index);
    return {
      op: 'member',
      object: this.lowerCallee(field(node, 'object')),
      key: plain?.op === 'literal' ? plain.value : undefined,
    };
  }

  private lowerCall(node: Syntax): Code {
    const callee = field(node, 'function') ?? field(node, 'constructor');
    const list = field(node, 'arguments');
    if (callee === undefined) return opaque;
    const args = list?.type === 'arguments' ? named(list).map((argument) => this.lower(argument)) : [];
    const code: Code = callee.type === 'import' ? { op: 'name', name: 'import' } : this.lowerCallee(callee);
    if (this.relevance.matters(spanOf(callee)))
      namesIn(code).forEach((name) => {
        this.relevance.addName(name);
      });
    const call: Code = { op: 'call', callee: code, args, span: spanOf(node) };
    return expectsFailure(callee.text) ? { op: 'expect-failure', body: call } : call;
  }

  private lowerObject(node: Syntax): Code {
    const fields = named(node).flatMap((child): readonly (readonly [string, Code])[] => {
      if (child.type === 'shorthand_property_identifier')
        return [[child.text, { op: 'name', name: child.text }]];
      if (child.type === 'method_definition') return [[field(child, 'name')?.text ?? '', this.lower(child)]];
      const key = field(child, 'key');
      return child.type === 'pair' && key !== undefined
        ? [[unquoted(key), this.lower(field(child, 'value'))]]
        : [];
    });
    return { op: 'record', type: undefined, fields };
  }

  private lowerFunctionLike(node: Syntax): Code {
    const fn = this.functionCode(node);
    const code: Code = { op: 'function', fn };
    if (!node.type.endsWith('_declaration') || fn.name === undefined) return code;
    return declareName(fn.name, code, spanOf(node));
  }

  private functionCode(node: Syntax): FunctionCode {
    const body = field(node, 'body');
    const list = field(node, 'parameters') ?? field(node, 'parameter');
    const params = list === undefined ? [] : list.type === 'formal_parameters' ? named(list) : [list];
    const isExpression = body !== undefined && body.type !== 'statement_block';
    const lowered = this.lower(body);
    return this.noteFunction({
      name: field(node, 'name')?.text,
      params: params.map((param) => this.target(param)),
      body: isExpression ? { op: 'leave', how: 'return', label: undefined, value: lowered } : lowered,
      span: spanOf(node),
      isAsync: /^(?:(?:public|private|protected|static|override)\s+)*async\b/.test(this.write(node)),
      mayRun: this.relevance.mayRun(spanOf(node)),
      outerNames: [],
      decorators: [],
    });
  }

  private lowerClass(node: Syntax): Code {
    const members = named(field(node, 'body'));
    const declared: ClassCode = {
      name: field(node, 'name')?.text,
      methods: members
        .filter(({ type }) => type === 'method_definition')
        .map((member) => this.functionCode(member)),
      fields: members.flatMap((member) => this.classField(member)),
      bases: [],
    };
    const code: Code = { op: 'class', declared };
    if (declared.name === undefined) return code;
    this.relevance.addName(declared.name);
    return declareName(declared.name, code, spanOf(node));
  }

  private classField(member: Syntax): readonly BindCode[] {
    const name = field(member, 'name') ?? field(member, 'property');
    const value = field(member, 'value');
    if (!member.type.endsWith('field_definition') || name === undefined || value === undefined) return [];
    if (this.relevance.matters(spanOf(value))) this.relevance.addName(name.text);
    const target: Target = { type: 'member', object: { op: 'name', name: 'this' }, key: name.text };
    return [
      {
        op: 'bind',
        target,
        value: this.lower(value),
        how: 'assign',
        statement: undefined,
        keyword: undefined,
        targetSpan: spanOf(name),
      },
    ];
  }

  private lowerIf(node: Syntax): Code {
    const otherwise = field(node, 'alternative');
    return {
      op: 'if',
      condition: this.condition(field(node, 'condition')),
      then: this.branch(field(node, 'consequence')),
      otherwise: otherwise === undefined ? undefined : this.branch(otherwise),
    };
  }

  /** A branch counts for what leaves in it, even if nothing else in it matters. */
  private branch(node: Syntax | undefined): Code {
    if (node === undefined) return opaque;
    if (this.relevance.matters(spanOf(node))) return this.lower(node);
    return this.relevance.leaves(spanOf(node)) ? this.leavingBranch(node) : opaque;
  }

  private leavingBranch(node: Syntax): Code {
    if (functions.has(node.type)) return opaque;
    if (/^(?:return|throw|break|continue)_statement$/.test(node.type)) return this.lowerLeave(node);
    return node.type === 'if_statement'
      ? this.lowerIf(node)
      : {
          op: 'block',
          body: named(node)
            .filter((child) => this.relevance.leaves(spanOf(child)))
            .map((child) => this.leavingBranch(child)),
          span: spanOf(node),
          scoped: true,
        };
  }

  protected override lowerLeaving(node: Syntax): Code {
    return node.type === 'expression_statement' && /\bexit\s*\(/.test(this.write(node))
      ? this.lowerRelevantCall(node)
      : this.leavingBranch(node);
  }

  private lowerRelevantCall(node: Syntax): Code {
    const [call] = named(node);
    return call?.type === 'call_expression' && /^(?:process|Deno)\.exit\b/.test(this.write(call))
      ? { op: 'leave', how: 'throw', label: undefined, value: undefined }
      : opaque;
  }

  private lowerTernary(node: Syntax): Code {
    return {
      op: 'if',
      condition: this.condition(field(node, 'condition')),
      then: this.lower(field(node, 'consequence')),
      otherwise: this.lower(field(node, 'alternative')),
    };
  }

  private lowerBinary(node: Syntax): Code | undefined {
    const operator = field(node, 'operator')?.text;
    if (operator === '&&')
      return {
        op: 'if',
        condition: this.condition(field(node, 'left')),
        then: this.lower(field(node, 'right')),
        otherwise: undefined,
      };
    if (operator !== '||' && operator !== '??') return undefined;
    return {
      op: 'if',
      condition: this.condition(field(node, 'left')),
      then: this.lower(field(node, 'left')),
      otherwise: this.lower(field(node, 'right')),
    };
  }

  private lowerSwitch(node: Syntax): Code {
    const cases = named(field(node, 'body'));
    // An arm without break goes on into the next one.
    const arms = cases.map((_, index): Code => {
      const parts: Code[] = [];
      for (const arm of cases.slice(index)) {
        const statements = named(arm).filter((child) => child.startIndex !== field(arm, 'value')?.startIndex);
        parts.push({ op: 'block', body: this.switchArm(statements), span: spanOf(arm), scoped: true });
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

  private switchArm(statements: readonly Syntax[]): readonly Code[] {
    const last = statements.at(-1);
    const own =
      last?.type === 'break_statement' && field(last, 'label') === undefined
        ? statements.slice(0, -1)
        : statements;
    const [only] = own;
    // `case 1: { …; break; }`
    if (own.length === 1 && only?.type === 'statement_block') return this.switchArm(named(only));
    return this.lowerList(own);
  }

  private lowerLoop(node: Syntax): LoopCode {
    const body = field(node, 'body');
    const isEach = node.type === 'for_in_statement';
    const left = field(node, 'left');
    const initial = field(node, 'initializer');
    const condition = isEach ? undefined : field(node, 'condition');
    const head = body === undefined ? '' : this.text.slice(node.startIndex, body.startIndex);
    const before = isEach ? field(node, 'right') : initial;
    return {
      op: 'loop',
      label: undefined,
      before: before === undefined ? undefined : this.lowerBefore(before),
      condition: condition === undefined || condition.type === ';' ? undefined : this.condition(condition),
      each: isEach && left !== undefined ? this.target(left) : undefined,
      body: this.branch(body),
      after: undefined,
      span: spanOf(node),
      bodySpan: body === undefined ? spanOf(node) : spanOf(body),
      atLeastOnce: node.type === 'do_statement',
      once: /=\s*0\s*;[^;]*<\s*1\s*;/.test(head),
    };
  }

  private lowerBefore(node: Syntax): Code {
    return node.type === 'lexical_declaration' ? this.lowerDeclaration(node) : this.lower(node);
  }

  private lowerTry(node: Syntax): Code {
    const handler = field(node, 'handler');
    const finalizer = field(node, 'finalizer');
    const body = this.branch(field(node, 'body'));
    const last = named(field(node, 'body')).at(-1);
    // `run.run(); assert.fail('should have trapped');`
    const isExpected =
      handler !== undefined &&
      /^(?:throw\b|(?:assert|expect)\.(?:fail|unreachable)\b|fail\()/.test(last?.text ?? '');
    return {
      op: 'try',
      body: isExpected ? { op: 'expect-failure', body } : body,
      handler: handler === undefined ? undefined : this.branch(field(handler, 'body')),
      finalizer: finalizer === undefined ? undefined : this.branch(field(finalizer, 'body')),
    };
  }

  private lowerLeave(node: Syntax): Code {
    const how = node.type.split('_', 1)[0];
    const value = field(node, 'label') === undefined ? named(node)[0] : undefined;
    return {
      op: 'leave',
      how: how === 'return' || how === 'break' || how === 'continue' ? how : 'throw',
      label: field(node, 'label')?.text,
      value: value === undefined ? undefined : this.lower(value),
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
  const early = nodes.filter(isEarly);
  return early.length === 0 ? nodes : [...early, ...nodes.filter((node) => !early.includes(node))];
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

function unquoted(node: Syntax): string {
  return node.type === 'string' ? node.text.slice(1, -1) : node.text;
}

/** `expect(…).toThrow`, `expect(…).rejects.…`, `assert.throws`, `assert.rejects` */
function expectsFailure(callee: string): boolean {
  return /^expect\b[^]*\.(?:toThrow\w*|rejects\.\w+)$|(?:^|\.)(?:throws|rejects|throwsAsync)$/.test(callee);
}
