/** A .wasm file that is known to be there. */
export interface KnownComponent {
  /** Absolute, as the system writes it; returned unchanged. */
  readonly path: string;
  /** When it was built, in milliseconds since 1970. */
  readonly mtimeMs: number;
  /** Source file names in its DWARF, joined with their folders; left out if it has none or was not read. */
  readonly dwarfSources?: readonly string[] | undefined;
}

/** One entry of the setting `freshInstance.components`. */
export interface ComponentMapping {
  /** A path or glob of .wasm files. */
  readonly wasm: string;
  /** Paths or globs of the sources that make them. */
  readonly sources: readonly string[];
  /** The absolute folder from which relative ones are seen: that of the setting. */
  readonly folder: string;
}

/** A file that says how things are built: Cargo.toml, package.json, Makefile, justfile, a shell script. */
export interface BuildFile {
  readonly path: string;
  readonly text: string;
}

/** Why a component counts as made from a source. */
export type CandidateReason =
  | { readonly type: 'setting'; readonly wasm: string }
  /** `name` is the file's name in the DWARF. */
  | { readonly type: 'dwarf'; readonly name: string }
  /** `file` is the build file and `line` its 0-based line. */
  | { readonly type: 'build-script'; readonly file: string; readonly line: number }
  /** `target` is the triple (`wasm32-wasip2`), `profile` the folder below it (`debug`, `release`). */
  | { readonly type: 'cargo'; readonly crate: string; readonly target: string; readonly profile: string }
  | { readonly type: 'same-name'; readonly name: string };

/** A component that a source makes, and why. */
export interface ComponentCandidate {
  readonly component: KnownComponent;
  readonly reason: CandidateReason;
}

/** The input of `whichComponents`. */
export interface WhichComponentInput {
  /** Absolute path of the source. */
  readonly source: string;
  readonly components: readonly KnownComponent[];
  readonly mappings?: readonly ComponentMapping[];
  readonly buildFiles?: readonly BuildFile[];
  /** The world, where the source is WIT: components are often called like theirs. */
  readonly world?: string;
}

/** A component with its path normalised. */
export interface Located {
  readonly component: KnownComponent;
  readonly path: string;
}
