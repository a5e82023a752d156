import { childrenOfType, field, named, spanOf, type Syntax } from '../../syntax';
import { bindCode, expecting, opaque } from '../code';
import type { BindCode, Code, FunctionCode } from '../code';
import type { ConstructOf } from './construct';
import type { Lowering } from './lowering';

type Binding = ConstructOf<'assignment' | 'declaration'>;

/** `let a = b, c = d`, or `a = b`. */
export function lowerBinding(node: Syntax, construct: Binding, lowering: Lowering): Code {
  const declares = construct.is === 'declaration';
  const parts = declares && construct.each !== undefined ? childrenOfType(node, construct.each) : [node];
  // A constant, several declarations or `let … else` are no statement that can be repeated.
  const isWhole =
    parts.length === 1 && !node.type.endsWith('_item') && field(node, 'alternative') === undefined;
  const whole = declares ? node : node.parent?.type === 'expression_statement' ? node.parent : undefined;
  const statement = whole !== undefined && isWhole ? spanOf(whole) : undefined;
  const bindings = parts.map((part): Code => {
    const left = field(part, construct.target);
    const right = field(part, declares ? 'value' : construct.value);
    if (left === undefined || (right === undefined && !declares)) return opaque;
    const target = lowering.typed(lowering.pattern(left), field(part, 'type'));
    const how = howBound(node, declares, target, lowering);
    return right === undefined
      ? bindCode(target, { op: 'nothing' }, spanOf(left), { how })
      : bindTo(target, right, left, { how, statement }, lowering);
  });
  const [only = opaque] = bindings;
  return bindings.length === 1 ? only : { op: 'parts', parts: bindings };
}

function howBound(
  node: Syntax,
  declares: boolean,
  target: Code,
  { syntax, names }: Lowering,
): BindCode['how'] {
  if (declares) return node.type === 'variable_declaration' ? 'var' : 'let';
  const isOuter = target.op === 'name' && names.outer.includes(target.name);
  if (!syntax.blockScopes && !isOuter) return 'var';
  return /^(?:\?\?|\|\|)=$/.test(field(node, 'operator')?.text ?? '') ? 'assign-if-empty' : 'assign';
}

/** The value of `right` goes to `target`, whose names matter if the value does. */
export function bindTo(
  target: Code,
  right: Syntax,
  left: Syntax,
  more: Partial<BindCode>,
  lowering: Lowering,
): BindCode {
  if (lowering.filter.matters(spanOf(right))) lowering.noteTarget(target);
  const isExpected = target.op === 'name' && isChecked(target.name, right, lowering.program.text);
  return bindCode(target, expecting(isExpected, lowering.lower(right)), spanOf(left), more);
}

/** `let second = …call_run(…); assert!(second.is_err());` */
function isChecked(name: string, { endIndex }: Syntax, text: string): boolean {
  const failing = `\\b${name}\\.(?:is_err|unwrap_err|expect_err)\\(|matches!\\(\\s*${name},\\s*Err`;
  return new RegExp(failing).test(text.slice(endIndex, endIndex + 400));
}

/** A function; its name can be used around it, if it `declares`. */
export function lowerFunction(node: Syntax, { declares }: ConstructOf<'function'>, lowering: Lowering): Code {
  const fn = functionCode(node, lowering);
  const code: Code = { op: 'function', fn };
  return declares ? declare(fn.name, code, node, lowering) : code;
}

function functionCode(node: Syntax, lowering: Lowering): FunctionCode {
  const { filter, syntax } = lowering;
  const span = spanOf(node);
  const name = field(node, 'name')?.text;
  const list = field(node, 'parameters') ?? field(node, 'parameter');
  const params = list?.type.endsWith('parameters') === false ? [list] : named(list);
  const body = field(node, 'body');
  const outer = syntax.blockScopes
    ? []
    : childrenOfType(body ?? node, 'global_statement', 'nonlocal_statement');
  const isSkipped = syntax.skipped?.test(writtenAbove(node)) === true;
  const code: FunctionCode = {
    name,
    params: params.filter(({ type }) => type !== 'attribute_item').map((param) => lowering.pattern(param)),
    body: isSkipped
      ? opaque
      : lowering.within({ outer: outer.flatMap(named).map(({ text }) => text) }, () => lowering.lower(body)),
    span,
    isAsync: /^(?:(?:public|private|protected|static|override|pub)\s+)*async\b/.test(lowering.write(node)),
    mayRun: filter.mayRun(span),
  };
  if (name !== undefined && filter.matters(span)) filter.addName(name, code.mayRun);
  return code;
}

/** The decorators and attributes of a function. */
function writtenAbove(node: Syntax): string {
  const { parent, previousNamedSibling: before } = node;
  if (parent?.type === 'decorated_definition')
    return childrenOfType(parent, 'decorator')
      .map(({ text }) => text)
      .join('\n');
  return before?.type === 'attribute_item' ? writtenAbove(before) + before.text : '';
}

/** A class, which is known by its name from here on. */
export function lowerClass(node: Syntax, construct: ConstructOf<'class'>, lowering: Lowering): Code {
  const written = field(node, construct.name);
  const name = (written?.type === 'generic_type' ? field(written, 'type') : written)?.text;
  const { bases } = construct;
  const members = named(field(node, 'body'))
    .filter((member) => lowering.filter.matters(spanOf(member)))
    .map((member) => field(member, 'definition') ?? member);
  const declared = lowering.within({ self: name }, () => ({
    name,
    methods: members
      .filter(({ type }) => type === construct.method)
      .map((member) => functionCode(member, lowering)),
    fields: members.flatMap((member) => classField(member, lowering)),
    bases: bases === undefined ? [] : named(field(node, bases)).map(({ text }) => text),
  }));
  if (name !== undefined && members.length > 0) lowering.filter.addName(name);
  return declare(name, { op: 'class', declared }, node, lowering);
}

function classField(member: Syntax, lowering: Lowering): readonly BindCode[] {
  const name = field(member, 'name') ?? field(member, 'property');
  const value = field(member, 'value');
  if (!member.type.endsWith('field_definition') || name === undefined || value === undefined) return [];
  const target: Code = { op: 'member', object: { op: 'name', name: 'this' }, key: name.text };
  return [bindTo(target, value, name, { how: 'assign' }, lowering)];
}

/** An object with its fields, or a pattern that takes one apart. */
export function lowerRecord(node: Syntax, construct: ConstructOf<'record'>, lowering: Lowering): Code {
  const { type, fields, key: keyField, value: valueField = 'value' } = construct;
  const name = type === undefined ? undefined : lowering.lower(field(node, type));
  const parts = named(fields === undefined ? node : field(node, fields));
  return {
    op: 'record',
    type: name?.op === 'name' ? name.name : undefined,
    fields: parts.flatMap((part): readonly (readonly [string, Code])[] => {
      if (part.type.startsWith('shorthand')) return [[part.text, { op: 'name', name: part.text }]];
      const key = field(part, keyField) ?? field(part, 'name') ?? field(part, 'left');
      if (key === undefined || part.type.startsWith('scoped')) return [];
      const value = field(part, valueField) ?? (part.type === 'field_pattern' ? key : part);
      return [[unquoted(key.text), lowering.lower(value)]];
    }),
  };
}

function declare(name: string | undefined, value: Code, node: Syntax, { syntax }: Lowering): Code {
  const how = syntax.blockScopes ? 'let' : 'var';
  return name === undefined ? value : bindCode({ op: 'name', name }, value, spanOf(node), { how });
}

/** A text without its quotes. */
export function unquoted(text: string): string {
  return /^[A-Za-z]*#*("""|'''|["'`])([^]*)\1#*$/.exec(text)?.[2] ?? text;
}
