import { readFile } from 'node:fs/promises';
import { err, ok, type Result } from '../../base/result';
import type { EngineLack } from '../../component/engine-lack';
import { readExportedFunctions } from '../../component/exported-functions';
import type { Outcome } from '../../component/outcome';
import type { FuncType, ValueType } from '../../component/types';
import { functionName } from '../../component/wave/export-lookup';
import { parseValue } from '../../component/wave/parse';
import { printValue } from '../../component/wave/print';
import type { ExportRef } from '../../instance/call';
import { lackOf } from './flags';
import { takesQualifiedNames, type WasmtimeProgram } from './program';

/** A call as wasmtime takes it. */
export interface Invocation {
  /** The call behind `--invoke`: `docs:adder/add.add@0.1.0(1, 2)`. */
  readonly text: string;
  readonly result: ValueType | null;
}

/** Writes a call of a function of a component, or says why it cannot be made. */
export async function invocationOf(
  program: WasmtimeProgram,
  path: string,
  ref: ExportRef,
  args: readonly unknown[],
): Promise<Result<Invocation, EngineLack>> {
  const read = readExportedFunctions(await readFile(path));
  const functions = read.ok ? read.value : [];
  const type = functions.find((each) => each.func === ref.func && each.interface === ref.interface)?.type;
  const { kind } = functionName(ref.func);
  if (type === undefined || type === null || kind !== 'function' || hasHandles(type))
    return err(lackOf(program, { what: 'handles', func: ref.func }));
  const name = nameOf(program, ref, functions);
  if (name === null) return err(lackOf(program, { what: 'ambiguous-name', func: ref.func }));
  const given = type.params.map((param, index) => printValue(args[index], param.type));
  return ok({ text: `${name}(${given.join(', ')})`, result: type.result });
}

function nameOf(program: WasmtimeProgram, ref: ExportRef, all: readonly ExportRef[]): string | null {
  if (
    ref.interface === undefined &&
    !all.some((other) => other.func === ref.func && other.interface !== undefined)
  )
    return ref.func;
  if (ref.interface !== undefined && takesQualifiedNames(program)) {
    const [path = '', version] = ref.interface.split('@');
    return `${path}.${ref.func}${version === undefined ? '' : `@${version}`}`;
  }
  return all.filter(({ func }) => func === ref.func).length === 1 ? ref.func : null;
}

/** Whether resources, streams or futures are among the arguments or in the result: text cannot stand for them. */
function hasHandles({ params, result }: FuncType): boolean {
  return [...params.map(({ type }) => type), ...(result === null ? [] : [result])].some(isHandle);
}

function isHandle(type: ValueType): boolean {
  switch (type.kind) {
    case 'own':
    case 'borrow':
    case 'stream':
    case 'future':
    case 'error-context':
      return true;
    case 'record':
      return type.fields.some((field) => isHandle(field.type));
    case 'variant':
      return type.cases.some((each) => each.type !== null && isHandle(each.type));
    case 'list':
    case 'option':
      return isHandle(type.element);
    case 'tuple':
      return type.elements.some(isHandle);
    case 'result':
      return [type.ok, type.error].some((each) => each !== null && isHandle(each));
    case 'map':
      return isHandle(type.key) || isHandle(type.value);
    default:
      return false;
  }
}

/**
 * What a function returned, by the last line of wasmtime's stdout. A line that is no value of the function's type, since a guest has printed
 * to it or since it is too long, gives an outcome whose value is unread.
 */
export function outcomeOfLine(line: string | null, result: ValueType | null): Outcome {
  if (result === null) return line === '()' ? { type: 'ok' } : { type: 'ok', unread: true };
  const parsed = line === null ? undefined : parseValue(line, result);
  if (parsed?.ok !== true) return { type: 'ok', unread: true };
  const { value } = parsed;
  if (result.kind !== 'result') return { type: 'ok', value };
  const { tag, val } = value as { readonly tag: 'ok' | 'err'; readonly val?: unknown };
  const type = tag === 'ok' ? 'ok' : 'error';
  return val === undefined ? { type } : { type, value: val };
}
