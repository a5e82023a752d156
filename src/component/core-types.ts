import type { ByteReader } from './bytes';
import { malformed } from './decode-error';

/** Codes of core value types; every reference type is `ref`. */
export const CORE_TYPES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b, ref: 0x70 } as const;

/** The signature of a core function: codes of CORE_TYPES. */
export interface CoreFuncType {
  readonly params: readonly number[];
  readonly results: readonly number[];
}

/** Sizes of a memory (in pages) or of a table (in elements). */
export interface Limits {
  readonly min: number;
  /** Null for no maximum. */
  readonly max: number | null;
  readonly shared: boolean;
  /** Addressed by 64-bit numbers. */
  readonly is64: boolean;
}

export interface GlobalType {
  readonly type: number;
  readonly mutable: boolean;
}

/** The type of a core import or export, reduced to the parts that are used. */
export type CoreExternType =
  | { readonly kind: 'func'; readonly type: number }
  | { readonly kind: 'table'; readonly limits: Limits }
  | { readonly kind: 'memory'; readonly limits: Limits }
  | { readonly kind: 'global'; readonly global: GlobalType }
  | { readonly kind: 'tag'; readonly type: number };

export type CoreKind = CoreExternType['kind'];

/** Takes the kind byte of a core import or export. */
export function takeCoreKind(reader: ByteReader): CoreKind {
  const code = reader.u8();
  const kind = (['func', 'table', 'memory', 'global', 'tag'] as const)[code];
  if (kind === undefined) throw malformed('an unknown kind of core import or export', reader.offset - 1);
  return kind;
}

export function takeCoreExternType(reader: ByteReader): CoreExternType {
  const code = reader.u8();
  // Compact function imports of custom-descriptors say "exact" with a bit of their own.
  if (code === 0x20) return { kind: 'func', type: reader.u32() };
  reader.offset -= 1;
  const kind = takeCoreKind(reader);
  switch (kind) {
    case 'func':
      return { kind, type: reader.u32() };
    case 'table':
      takeValueType(reader);
      return { kind, limits: takeLimits(reader) };
    case 'memory':
      return { kind, limits: takeLimits(reader) };
    case 'global':
      return { kind, global: takeGlobalType(reader) };
    case 'tag':
      reader.u8();
      return { kind, type: reader.u32() };
  }
}

export function takeGlobalType(reader: ByteReader): GlobalType {
  const type = takeValueType(reader);
  return { type, mutable: (reader.u8() & 1) === 1 };
}

export function takeLimits(reader: ByteReader): Limits {
  const flags = reader.u8();
  if (flags > 0x0f) throw malformed('unknown limits', reader.offset - 1);
  const min = reader.u64();
  const max = (flags & 1) === 0 ? null : reader.u64();
  if ((flags & 8) !== 0) reader.u32();
  return { min, max, shared: (flags & 2) !== 0, is64: (flags & 4) !== 0 };
}

/** Takes a core value type. Every reference type is `CORE_TYPES.ref`. */
export function takeValueType(reader: ByteReader): number {
  const start = reader.offset;
  const code = reader.u8();
  if (code >= 0x7b && code <= 0x7f) return code;
  if (code === 0x63 || code === 0x64) {
    takeHeapType(reader);
    return CORE_TYPES.ref;
  }
  if (code >= 0x67 && code <= 0x75) return CORE_TYPES.ref;
  throw malformed('an unknown core type', start);
}

/** Takes a heap type: an index, or a code for an abstract one. */
export function takeHeapType(reader: ByteReader): void {
  if (reader.peek() === 0x62 || reader.peek() === 0x65) reader.u8(); // exact, shared
  reader.s33();
}

/** Takes one entry of a core type section, a recursion group perhaps: its function types, null for other types. */
export function takeRecType(reader: ByteReader): readonly (CoreFuncType | null)[] {
  if (reader.peek() !== 0x4e) return [takeSubType(reader)];
  reader.u8();
  return reader.list(() => takeSubType(reader));
}

function takeSubType(reader: ByteReader): CoreFuncType | null {
  if (reader.peek() === 0x50 || reader.peek() === 0x4f) {
    reader.u8();
    reader.list(() => reader.u32());
  }
  return takeCompositeType(reader);
}

function takeCompositeType(reader: ByteReader): CoreFuncType | null {
  const start = reader.offset;
  const form = reader.u8();
  switch (form) {
    case 0x65: // shared
      return takeCompositeType(reader);
    case 0x4c: // describes
    case 0x4d: // descriptor
      reader.u32();
      return takeCompositeType(reader);
    case 0x60:
      return {
        params: reader.list(() => takeValueType(reader)),
        results: reader.list(() => takeValueType(reader)),
      };
    case 0x5f:
      reader.list(() => takeFieldType(reader));
      return null;
    case 0x5e:
      takeFieldType(reader);
      return null;
    case 0x5d: // continuation
      reader.s33();
      return null;
    default:
      throw malformed('an unknown core type', start);
  }
}

function takeFieldType(reader: ByteReader): void {
  const packed = reader.peek() === 0x78 || reader.peek() === 0x77;
  if (packed) reader.u8();
  else takeValueType(reader);
  reader.u8();
}
