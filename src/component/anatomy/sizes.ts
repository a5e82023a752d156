/**
 * Where the bytes of a file are. Plain data of bounded size that can be posted, in parts. The sizes of the rows without children add up to
 * the file's size, and so do those of the origins.
 */
export interface SizeTable {
  readonly fileBytes: number;
  /** Row 0 is the file. Parents come before their children; children are in the order of the file, the rest of them last. */
  readonly rows: readonly SizeRow[];
  /** What the bytes are from, the largest first: crates, source files, and the parts that are no code. */
  readonly origins: readonly SizeOrigin[];
  /** How many functions there are in the file, in `rows` or not. */
  readonly functionCount: number;
}

export interface SizeRow {
  /** Its place in `rows`. */
  readonly id: number;
  /** Null for the file. */
  readonly parent: number | null;
  readonly kind: SizeKind;
  /** All bytes of it, with those of its children. */
  readonly bytes: number;
  /** Offset in the file where it begins; -1 for `rest`, whose parts lie anywhere. */
  readonly start: number;
  /**
   * What it is called, cleaned of control characters: a function's demangled name, a custom section's name, a component's or module's name.
   * Empty where it has none.
   */
  readonly name: string;
  /** A function's name as the name section has it, where it differs from `name`; else null. */
  readonly mangled: string | null;
  /** Index of the function (imports count first), data segment or element; section id; number of the component or module; else null. */
  readonly index: number | null;
  /** The node of the structure that a component or module row stands for; else null. */
  readonly node: string | null;
  /** The place in `origins` of a function's origin; null for other rows. */
  readonly origin: number | null;
  /** How many things it stands for: functions of a code section, items of a `rest`; 1 for one thing. */
  readonly count: number;
}

/**
 * `section`: all other sections of a component or module (types, imports, exports, …), told by `index`; `names`: one map of the name section;
 * `head`: magic number and version of a component or module, section ids, sizes and counts; `rest`: the children that are too small to be
 * rows; `unreadable`: what cannot be read at the end of a damaged part.
 */
export type SizeKind =
  | 'file'
  | 'component'
  | 'module'
  | 'section'
  | 'code'
  | 'data'
  | 'custom'
  | 'function'
  | 'segment'
  | 'names'
  | 'head'
  | 'rest'
  | 'unreadable';

/** Something that bytes come from. */
export interface SizeOrigin {
  readonly kind: OriginKind;
  /** Of the crate, file, package or namespace, or of the custom section; empty for the others. */
  readonly name: string;
  readonly bytes: number;
  /** How many functions are of it; 0 where it is no code. */
  readonly functions: number;
}

/**
 * `crate` (Rust), `file` (a source file by the debug information), `package` (Go), `namespace` (C++ without debug information), `unknown`
 * (functions of which nothing is known); the others are no code: data segments, debug information, names, other custom sections, everything
 * else; `others`: the origins that are too small to be listed.
 */
export type OriginKind =
  | 'crate'
  | 'file'
  | 'package'
  | 'namespace'
  | 'unknown'
  | 'data'
  | 'debug'
  | 'names'
  | 'custom'
  | 'structure'
  | 'others';

/** How many functions and data segments have rows of their own: the largest ones of the file. */
export const mostSizeRows = 4_000;

/** How many origins are listed. */
export const mostOrigins = 1_000;
