import { assertNever } from '../../base/assert-never';
import { printType } from '../wit-print';
import type { TypeOf, ValueType } from '../types';
import { quoteChar, quoteString } from './escape';
import type { HandleNaming, HandleType } from './handles';
import { escapeLabel } from './keywords';
import type { Node } from './pretty-printer';
import { flat, fold, group, layout, lengthOf, separatorLength, wrap } from './pretty-printer';
import { isIntegerValue, printFloat } from './numbers';
import { casesOf, labelsOf, slotsOf } from './type-cache';
import type { JsValue } from './value';
import { isObject, isWrappedOption, isWrittenFuture } from './value';

/** How results are printed. */
export interface PrintOptions {
  /** Longer lines are broken, where they can be. One line if left out. */
  readonly width?: number;
  /** Without it, handles are printed as `$handle`. */
  readonly handles?: HandleNaming;
  /** About how many characters are printed; items and ends of strings beyond them are left out and counted. Default: all. */
  readonly maxLength?: number;
}

/**
 * Prints a value of the form that jco gives (see value.ts) as WAVE text, which reads back as the same value. What is not of its type,
 * which a guest cannot return, is printed as `<not a u32>` rather than thrown for: the text is shown to people.
 */
export function printValue(value: JsValue, type: ValueType, options: PrintOptions = {}): string {
  const node = new Printer(options.handles ?? unnamed, options.maxLength ?? Infinity).node(value, type);
  return options.width === undefined ? flat(node) : layout(node, options.width);
}

/** Prints a value on one line of about `maxLength` characters. Of longer ones, items and ends of strings are replaced by `…`. */
export function foldValue(
  value: JsValue,
  type: ValueType,
  maxLength: number,
  handles: HandleNaming = unnamed,
): string {
  return fold(new Printer(handles, maxLength).node(value, type), maxLength);
}

const unnamed: HandleNaming = { nameFor: () => 'handle' };

class Printer {
  readonly #handles: HandleNaming;
  /** How many characters are still printed, of all lists and strings together; what is behind them is not looked at. */
  #left: number;

  constructor(handles: HandleNaming, limit: number) {
    this.#handles = handles;
    this.#left = limit;
  }

  node(value: JsValue, type: ValueType): Node {
    return this.#print(value, type) ?? `<not a ${printType(type)}>`;
  }

  /** Null for what is not of the type. */
  #print(value: JsValue, type: ValueType): Node | null {
    switch (type.kind) {
      case 'bool':
        return typeof value === 'boolean' ? String(value) : null;
      case 's8':
      case 'u8':
      case 's16':
      case 'u16':
      case 's32':
      case 'u32':
      case 's64':
      case 'u64':
        return isIntegerValue(type.kind, value) ? String(value) : null;
      case 'f32':
      case 'f64':
        return typeof value === 'number' ? printFloat(type.kind, value) : null;
      case 'char':
        return typeof value === 'string' && /^.$/su.test(value) ? quoteChar(value) : null;
      case 'string':
        return typeof value === 'string' ? this.#string(value) : null;
      case 'list':
        return this.#list(value, type.element, type.length);
      case 'map':
        return this.#map(value, type.key, type.value);
      case 'tuple':
        return this.#tuple(value, type);
      case 'record':
        return isObject(value) ? this.#record(value, type) : null;
      case 'flags':
        return isObject(value) ? this.#flags(value, type) : null;
      case 'enum':
        return typeof value === 'string' && labelsOf(type).has(value) ? escapeLabel(value) : null;
      case 'variant':
        return this.#variant(value, type);
      case 'option':
        return this.#option(value, type);
      case 'result':
        if (!isObject(value)) return null;
        if (value.tag === 'ok') return this.#payload('ok', value.val, type.ok);
        return value.tag === 'err' ? this.#payload('err', value.val, type.error) : null;
      case 'stream':
        if (type.element === null || !(Array.isArray(value) || isTypedArray(value)))
          return this.#handle(value, type);
        return this.#list(value, type.element, null);
      case 'future':
        return type.element !== null && isWrittenFuture(value)
          ? this.node(value.$future, type.element)
          : this.#handle(value, type);
      case 'own':
      case 'borrow':
        return this.#handle(value, type);
      case 'error-context':
        // jco gives nothing for one that a function returns.
        return this.#handle(value, { kind: type.kind }) ?? '<error-context>';
      default:
        return assertNever(type);
    }
  }

  #tuple(value: JsValue, { elements }: TypeOf<'tuple'>): Node | null {
    if (!Array.isArray(value) || value.length !== elements.length) return null;
    const items = elements.map((element, index) => this.node(value[index], element));
    return group('(', items, ')');
  }

  #variant(value: JsValue, type: TypeOf<'variant'>): Node | null {
    if (!isObject(value) || typeof value.tag !== 'string') return null;
    const found = casesOf(type).get(value.tag);
    return found === undefined ? null : this.#payload(escapeLabel(found.name), value.val, found.type);
  }

  #string(value: string): Node {
    const room = Math.max(0, this.#left);
    this.#left -= Math.min(room, value.length);
    if (value.length > room) {
      const hidden = (value.length - room).toLocaleString('en');
      return `${quoteString(value.slice(0, room))}… ${hidden} more characters`;
    }
    const text = quoteString(value);
    return value.includes('\n') ? { kind: 'lines', before: '', flat: text, value, after: '' } : text;
  }

  #list(value: JsValue, element: ValueType, length: number | null): Node | null {
    const items = Array.isArray(value) || isTypedArray(value) ? value : null;
    if (items === null || (length !== null && items.length !== length)) return null;
    const nodes: Node[] = [];
    while (nodes.length < items.length && this.#left > 0) {
      this.#addItem(nodes, () => this.node(items[nodes.length], element));
    }
    return group('[', nodes, ']', items.length - nodes.length);
  }

  #map(value: JsValue, key: ValueType, valueType: ValueType): Node | null {
    if (!(value instanceof Map)) return null;
    const entries: Node[] = [];
    for (const [entryKey, entryValue] of value) {
      if (this.#left <= 0) break;
      this.#addItem(entries, () =>
        group('(', [this.node(entryKey, key), this.node(entryValue, valueType)], ')'),
      );
    }
    return group('[', entries, ']', value.size - entries.length);
  }

  #addItem(nodes: Node[], print: () => Node): void {
    const before = this.#left;
    const node = print();
    nodes.push(node);
    this.#left = before - lengthOf(node) - separatorLength;
  }

  #record(value: Readonly<Record<string, unknown>>, type: TypeOf<'record'>): Node {
    const fields: Node[] = [];
    for (const [name, { index, key }] of slotsOf(type)) {
      const field = type.fields[index];
      if (field === undefined || isNone(value[key], field.type)) continue;
      fields.push(wrap(`${name}: `, this.node(value[key], field.type)));
    }
    return fields.length === 0 ? '{:}' : group('{', fields, '}');
  }

  #flags(value: Readonly<Record<string, unknown>>, type: TypeOf<'flags'>): Node {
    const set = [...slotsOf(type)].filter(([, { key }]) => value[key] === true);
    return group(
      '{',
      set.map(([label]) => label),
      '}',
    );
  }

  #option(value: JsValue, type: TypeOf<'option'>): Node | null {
    if (isNone(value, type)) return 'none';
    if (!isWrappedOption(type)) return wrap('some(', this.node(value, type.element), ')');
    if (!isObject(value) || value.tag !== 'some') return null;
    return wrap('some(', this.node(value.val, type.element), ')');
  }

  #payload(label: string, value: JsValue, type: ValueType | null): Node {
    return type === null ? label : wrap(`${label}(`, this.node(value, type), ')');
  }

  #handle(value: JsValue, type: HandleType): Node | null {
    return isObject(value) ? `$${this.#handles.nameFor(value, type)}` : null;
  }
}

function isNone(value: JsValue, type: ValueType): boolean {
  if (type.kind !== 'option') return false;
  return isWrappedOption(type)
    ? isObject(value) && value.tag === 'none'
    : value === undefined || value === null;
}

function isTypedArray(value: JsValue): value is ArrayLike<number | bigint> {
  return ArrayBuffer.isView(value) && 'length' in value;
}
