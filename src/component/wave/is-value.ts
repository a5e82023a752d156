import { assertNever } from '../../base/assert-never';
import type { TypeOf, ValueType } from '../types';
import { isIntegerValue, isWide } from './numbers';
import { casesOf, labelsOf, slotsOf } from './type-cache';
import type { JsValue } from './value';
import { isObject, isWrappedOption } from './value';

/**
 * Whether a value from the user's JavaScript is of a type, in a form that jco takes (see value.ts). jco itself takes
 * much more and converts it, such as a text to not-a-number. Resources and streams pass: only jco can check them.
 */
export function isValueOf(type: ValueType, value: JsValue): boolean {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean';
    case 's8':
    case 'u8':
    case 's16':
    case 'u16':
    case 's32':
    case 'u32':
    case 's64':
    case 'u64':
      return isIntegerValue(type.kind, value) || (isWide(type.kind) && isSmallInteger(type.kind, value));
    case 'f32':
    case 'f64':
      return typeof value === 'number';
    case 'char':
      return typeof value === 'string' && /^.$/su.test(value);
    case 'string':
      return typeof value === 'string';
    case 'list':
      return isListOf(type.element, type.length, value);
    case 'map':
      return isMapOf(type, value);
    case 'tuple':
      return isTupleOf(type, value);
    case 'record':
      return (
        isObject(value) &&
        type.fields.every((field) => isValueOf(field.type, value[slotsOf(type).get(field.name)?.key ?? '']))
      );
    case 'flags':
      return isObject(value);
    case 'enum':
      return typeof value === 'string' && labelsOf(type).has(value);
    case 'variant':
      return isVariantOf(type, value);
    case 'option':
      return isOptionOf(type, value);
    case 'result':
      return isResultOf(type, value);
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return true;
    default:
      return assertNever(type);
  }
}

function isListOf(element: ValueType, length: number | null, value: JsValue): boolean {
  // The numbers of a typed array are in range, whichever it is: they are converted by the same rules.
  if (ArrayBuffer.isView(value)) return 'length' in value && (length === null || value.length === length);
  return (
    Array.isArray(value) &&
    (length === null || value.length === length) &&
    value.every((item) => isValueOf(element, item))
  );
}

function isMapOf(type: TypeOf<'map'>, value: JsValue): boolean {
  return (
    value instanceof Map &&
    [...value].every(([key, item]) => isValueOf(type.key, key) && isValueOf(type.value, item))
  );
}

function isTupleOf({ elements }: TypeOf<'tuple'>, value: JsValue): boolean {
  return (
    Array.isArray(value) &&
    value.length === elements.length &&
    elements.every((element, index) => isValueOf(element, value[index]))
  );
}

function isVariantOf(type: TypeOf<'variant'>, value: JsValue): boolean {
  if (!isObject(value) || typeof value.tag !== 'string') return false;
  const found = casesOf(type).get(value.tag);
  return found !== undefined && (found.type === null || isValueOf(found.type, value.val));
}

function isOptionOf(type: TypeOf<'option'>, value: JsValue): boolean {
  if (!isWrappedOption(type)) return value === undefined || value === null || isValueOf(type.element, value);
  if (!isObject(value)) return false;
  return value.tag === 'some' ? isValueOf(type.element, value.val) : value.tag === 'none';
}

function isResultOf(type: TypeOf<'result'>, value: JsValue): boolean {
  if (!isObject(value) || (value.tag !== 'ok' && value.tag !== 'err')) return false;
  const payload = value.tag === 'ok' ? type.ok : type.error;
  return payload === null || isValueOf(payload, value.val);
}

/** jco takes numbers for 64 bits too. */
function isSmallInteger(kind: 's64' | 'u64', value: JsValue): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && isIntegerValue(kind, BigInt(value));
}
