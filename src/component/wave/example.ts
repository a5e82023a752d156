import type { Field, ValueType } from '../types';
import { escapeLabel } from './keywords';

/** The longest example that is shown. Some types have only huge values. */
const maxExampleLength = 4000;

/** The handles that can be used, with their `$`, for an example of a type; the first is taken. */
export type HandleNames = (type: ValueType) => readonly string[];

/**
 * A WAVE text of this type that is valid, short, and shows the type's parts: options are `none`, lists are empty unless they must not be.
 * For a type that has handles in it, it is valid only if `handles` knows one.
 * @returns null if any value of the type is too long for an example
 */
export function exampleValue(type: ValueType, handles: HandleNames): string | null {
  const writer = new ExampleWriter(handles);
  const text = writer.write(type);
  return writer.left < 0 ? null : text;
}

/** Examples of all parameters as they are written between the parentheses of a call. Null as for {@link exampleValue}. */
export function exampleArguments(params: readonly Field[], handles: HandleNames): string | null {
  const values = params.map(({ type }) => exampleValue(type, handles));
  return values.includes(null) ? null : values.join(', ');
}

class ExampleWriter {
  readonly #handles: HandleNames;
  left = maxExampleLength;

  constructor(handles: HandleNames) {
    this.#handles = handles;
  }

  write(type: ValueType): string {
    // Once it is too long, the rest is not worth walking through.
    if (this.left < 0) return '';
    const text = this.#write(type);
    this.left -= text.length === 0 ? 1 : 2;
    return text;
  }

  #write(type: ValueType): string {
    switch (type.kind) {
      case 'bool':
        return 'false';
      case 'f32':
      case 'f64':
        return '0.0';
      case 'char':
        return "'a'";
      case 'string':
        return '""';
      case 'list':
        return type.length === null ? '[]' : `[${this.#repeat(type.element, type.length)}]`;
      case 'map':
        return '[]';
      case 'tuple':
        return `(${type.elements.map((element) => this.write(element)).join(', ')})`;
      case 'record':
        if (type.fields.length === 0) return '{:}';
        return `{${type.fields.map((field) => `${field.name}: ${this.write(field.type)}`).join(', ')}}`;
      case 'flags':
        return '{}';
      case 'enum':
        return escapeLabel(type.labels[0] ?? '');
      case 'variant': {
        const simplest = type.cases.find((one) => one.type === null) ?? type.cases[0];
        return simplest === undefined ? '' : this.#case(escapeLabel(simplest.name), simplest.type);
      }
      case 'option':
        return 'none';
      case 'result':
        return this.#case('ok', type.ok);
      case 'stream':
        return this.#handles(type)[0] ?? (type.element === null ? '$1' : '[]');
      case 'future':
        return this.#handles(type)[0] ?? (type.element === null ? '$1' : this.write(type.element));
      case 'own':
      case 'borrow':
      case 'error-context':
        return this.#handles(type)[0] ?? '$1';
      default:
        return '0';
    }
  }

  #case(label: string, payload: ValueType | null): string {
    return payload === null ? label : `${label}(${this.write(payload)})`;
  }

  #repeat(type: ValueType, length: number): string {
    const items: string[] = [];
    for (let index = 0; index < length && this.left >= 0; index += 1) items.push(this.write(type));
    return items.join(', ');
  }
}
