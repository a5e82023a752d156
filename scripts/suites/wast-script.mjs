// @ts-check
// Reads a .wast script: https://github.com/WebAssembly/spec/blob/main/interpreter/README.md#scripts, with the forms for components.

/** One parenthesised form: its words, strings and forms, and where it is in the text. @typedef {{items: Item[], start: number, end: number}} Form */
/** @typedef {Form | {word: string} | {string: string}} Item */

/**
 * A value in a script, such as `(u32.const 1)`.
 * @typedef {{type: string, items: readonly Item[]}} Constant
 */

/**
 * What a script says, in order. `component` has the text of a component; `instance` makes a fresh instance of a definition.
 * @typedef {{line: number} & (
 *   {type: 'component', name: string | null, text: string, instantiated: boolean}
 *   | {type: 'instance', definition: string | null}
 *   | {type: 'invoke', expected: 'return' | 'trap' | 'nothing', field: string, args: readonly Constant[], results: readonly Constant[], message: string}
 *   | {type: 'refused', expected: 'invalid' | 'malformed' | 'trap' | 'unlinkable', text: string, isText: boolean, message: string}
 *   | {type: 'other', head: string}
 * )} Command
 */

/** @param {string} text @returns {readonly Command[]} */
export function readScript(text) {
  const commands = [];
  let line = 1;
  let counted = 0;
  for (const form of readForms(text)) {
    for (; counted < form.start; counted += 1) if (text[counted] === '\n') line += 1;
    commands.push({ line, ...readCommand(form, text) });
  }
  return /** @type {readonly Command[]} */ (commands);
}

/** @param {Form} form @param {string} text */
function readCommand(form, text) {
  const head = wordAt(form, 0);
  if (head === 'component') return readComponent(form, text);
  if (head === 'invoke')
    return { type: 'invoke', expected: 'nothing', ...readInvoke(form), results: [], message: '' };
  const target = form.items[1];
  if (!head.startsWith('assert_') || target === undefined || !('items' in target))
    return { type: 'other', head };
  const message = stringAt(form, form.items.length - 1) ?? '';
  if (wordAt(target, 0) === 'component') {
    const expected = head.slice('assert_'.length);
    const quoted = wordAt(target, 1) === 'quote' || wordAt(target, 2) === 'quote';
    return { type: 'refused', expected, message, isText: quoted, text: componentText(target, text) };
  }
  const results = form.items
    .slice(2)
    .filter((item) => 'items' in item)
    .map(constantOf);
  const expected = head === 'assert_return' ? 'return' : 'trap';
  return { type: 'invoke', expected, ...readInvoke(target), results, message };
}

/** @param {Form} form @param {string} text */
function readComponent(form, text) {
  const second = wordAt(form, 1);
  if (second === 'instance') return { type: 'instance', definition: wordAt(form, 3) || null };
  const isDefinition = second === 'definition';
  const name = wordAt(form, isDefinition ? 2 : 1);
  return {
    type: 'component',
    name: name.startsWith('$') ? name : null,
    text: componentText(form, text),
    instantiated: !isDefinition,
  };
}

/**
 * The component as text that an assembler takes: without `definition`, and what is quoted without its quotes.
 * @param {Form} form @param {string} text
 */
function componentText(form, text) {
  const quote = form.items.findIndex((item, index) => index < 4 && 'word' in item && item.word === 'quote');
  if (quote >= 0) {
    const parts = form.items.slice(quote + 1).map((item) => ('string' in item ? item.string : ''));
    return `(component ${parts.join('\n')})`;
  }
  return text.slice(form.start, form.end).replace(/^\(\s*component\s+definition\b/, '(component');
}

/** @param {Form} form */
function readInvoke(form) {
  const from = form.items.findIndex((item) => 'string' in item);
  return { field: stringAt(form, from) ?? '', args: form.items.slice(from + 1).map(constantOf) };
}

/** @param {Item} item @returns {Constant} */
function constantOf(item) {
  if (!('items' in item)) throw new Error('a constant was expected');
  return { type: wordAt(item, 0).replace(/\.const$/, ''), items: item.items.slice(1) };
}

/** @param {Form} form @param {number} index */
function wordAt(form, index) {
  const item = form.items[index];
  return item !== undefined && 'word' in item ? item.word : '';
}

/** @param {Form} form @param {number} index */
function stringAt(form, index) {
  const item = form.items[index];
  return item !== undefined && 'string' in item ? item.string : null;
}

const token = /;;[^\n]*|\(;|"(?:[^"\\]|\\.)*"|[()]|[^\s()";]+|\s+/gsy;

/** The forms at the top of a text. @param {string} text @returns {readonly Form[]} */
export function readForms(text) {
  /** @type {Form[]} */
  const open = [{ items: [], start: 0, end: text.length }];
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [found] = match;
    const form = /** @type {Form} */ (open.at(-1));
    if (found === '(;') token.lastIndex = afterComment(text, match.index);
    else if (found === '(') open.push({ items: [], start: match.index, end: -1 });
    else if (found === ')') {
      form.end = token.lastIndex;
      open.pop();
      /** @type {Form} */ (open.at(-1)).items.push(form);
    } else if (found.startsWith('"')) form.items.push({ string: unescape(found.slice(1, -1)) });
    else if (!/^(?:;;|\s)/.test(found)) form.items.push({ word: found });
  }
  return /** @type {Form[]} */ (/** @type {Form} */ (open[0]).items.filter((item) => 'items' in item));
}

/** Block comments nest. @param {string} text @param {number} from */
function afterComment(text, from) {
  const edge = /\(;|;\)/g;
  edge.lastIndex = from;
  let depth = 0;
  for (let match = edge.exec(text); match !== null; match = edge.exec(text)) {
    depth += match[0] === '(;' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
}

const escapes = /** @type {Readonly<Record<string, string>>} */ ({ n: '\n', t: '\t', r: '\r' });

/** Bytes are read as UTF-8. @param {string} body between the quotes */
function unescape(body) {
  const bytes = [];
  for (const [part] of body.matchAll(/\\u\{[\da-f_]+\}|\\[\da-f]{2}|\\.|[^\\]+/gis)) {
    if (part.startsWith('\\u')) {
      bytes.push(...Buffer.from(String.fromCodePoint(parseInt(part.slice(3, -1).replaceAll('_', ''), 16))));
    } else if (/^\\[\da-f]{2}$/i.test(part)) bytes.push(parseInt(part.slice(1), 16));
    else if (part.startsWith('\\')) bytes.push(...Buffer.from(escapes[part.slice(1)] ?? part.slice(1)));
    else bytes.push(...Buffer.from(part));
  }
  return Buffer.from(bytes).toString();
}
