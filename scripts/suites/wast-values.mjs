// @ts-check
// Constants of .wast scripts as WAVE text, which is what `fresh-instance call` reads and prints.

/** @typedef {import('./wast-script.mjs').Constant} Constant */
/** @typedef {import('./wast-script.mjs').Item} Item */

const keywords = new Set(['true', 'false', 'inf', 'nan', 'some', 'none', 'ok', 'err']);

/**
 * @param {Constant} constant such as `(list.const (u32.const 1))`
 * @returns {string} its WAVE text, as the command line prints it
 */
export function waveOf({ type, items }) {
  const [first] = items;
  switch (type) {
    case 'bool':
      return wordOf(first);
    case 'f32':
    case 'f64':
      return floatText(type, wordOf(first));
    case 'char':
      return `'${textOf(first).replace(/[\\']/, '\\$&')}'`;
    case 'str':
      return quote(textOf(first));
    case 'list':
      return `[${items.map(nested).join(', ')}]`;
    case 'tuple':
      return `(${items.map(nested).join(', ')})`;
    case 'record':
      return `{${items.map(fieldOf).join(', ')}}`;
    case 'flags':
      return `{${items.map(textOf).join(', ')}}`;
    case 'enum':
      return label(textOf(first));
    case 'variant':
      return caseOf(label(textOf(first)), items.slice(1));
    case 'option.some':
    case 'option.none':
    case 'result.ok':
    case 'result.err':
      return caseOf(/** @type {string} */ (type.split('.')[1]), items);
    default:
      return integer(type, wordOf(first));
  }
}

/** @param {string} name @param {readonly Item[]} payload */
function caseOf(name, payload) {
  return payload.length === 0 ? name : `${name}(${payload.map(nested).join(', ')})`;
}

/** `(field "name" str.const "x")`: the constant has no parentheses of its own. @param {Item} item */
function fieldOf(item) {
  if (!('items' in item)) throw new Error('a field was expected');
  const [, name, head, ...rest] = item.items;
  const value =
    head !== undefined && 'items' in head
      ? nested(head)
      : waveOf({ type: wordOf(head).replace(/\.const$/, ''), items: rest });
  return `${textOf(name)}: ${value}`;
}

/** @param {Item} item */
function nested(item) {
  if (!('items' in item)) throw new Error('a constant was expected');
  const [head, ...items] = item.items;
  return waveOf({ type: wordOf(head).replace(/\.const$/, ''), items });
}

/** @param {Item | undefined} item */
function wordOf(item) {
  if (item === undefined || !('word' in item)) throw new Error('a word was expected');
  return item.word;
}

/** @param {Item | undefined} item */
function textOf(item) {
  if (item === undefined || !('string' in item)) throw new Error('a string was expected');
  return item.string;
}

/** @param {string} word */
function label(word) {
  return keywords.has(word) ? `%${word}` : word;
}

/** @param {string} text */
function quote(text) {
  const escaped = text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu, escape);
  return `"${escaped}"`;
}

/** @param {string} char */
function escape(char) {
  const named = /** @type {Record<string, string>} */ ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' });
  return named[char] ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Scripts may write hexadecimal, underscores, and unsigned values for signed types. @param {string} type @param {string} word */
function integer(type, word) {
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(word.replaceAll('_', '')) ?? [];
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  const bits = Number(type.slice(1));
  return String(type.startsWith('s') ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
}

/** @param {'f32' | 'f64'} type @param {string} word */
function floatText(type, word) {
  const plain = word.replaceAll('_', '');
  if (/^[+-]?nan/.test(plain)) return 'nan';
  if (plain.includes('inf')) return plain.startsWith('-') ? '-inf' : 'inf';
  const value = /0x/i.test(plain) ? hexFloat(plain) : Number(plain);
  if (Object.is(value, -0)) return '-0';
  if (type === 'f64') return String(value);
  // The shortest text that reads back as the same f32.
  for (let digits = 1; digits <= 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return String(shorter);
  }
  return String(value);
}

/** @param {string} word such as `-0x1.8p3` */
function hexFloat(word) {
  const [, sign, whole = '', part = '', exponent = '0'] =
    /^([+-]?)0x([\da-f]+)(?:\.([\da-f]*))?(?:p([+-]?\d+))?$/i.exec(word) ?? [];
  const magnitude = parseInt(`${whole}${part}`, 16) * 2 ** (Number(exponent) - 4 * part.length);
  return sign === '-' ? -magnitude : magnitude;
}
