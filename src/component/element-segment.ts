import type { ByteReader } from './bytes';
import { takeConstExpr, type ConstExpr } from './const-expr';
import { takeValueType } from './core-types';
import { malformed } from './decode-error';

/** References that fill a table when a module is instantiated (active), or later (passive). */
export interface ElementSegment {
  readonly active: { readonly table: number; readonly offset: ConstExpr } | null;
  /** Function indices; null where the reference is null or not a plain function. */
  readonly items: readonly (number | null)[];
}

/** Takes one entry of an element section (core specification, 5.5.12). */
export function takeElementSegment(reader: ByteReader): ElementSegment {
  const start = reader.offset;
  const form = reader.u32();
  if (form > 7) throw malformed('an unknown form of element segment', start);
  const isActive = (form & 1) === 0;
  const hasTable = isActive && (form & 2) !== 0;
  const hasExpressions = (form & 4) !== 0;
  const table = hasTable ? reader.u32() : 0;
  const active = isActive ? { table, offset: takeConstExpr(reader) } : null;
  if ((form & 3) !== 0) {
    if (hasExpressions) takeValueType(reader);
    else reader.u8();
  }
  const items = hasExpressions
    ? reader.list(() => functionOf(takeConstExpr(reader)))
    : reader.list(() => reader.u32());
  return { active, items };
}

function functionOf(expression: ConstExpr): number | null {
  const [only] = expression;
  return expression.length === 1 && only?.op === 'func' ? only.index : null;
}
