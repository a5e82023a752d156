import type { Producer } from '../producers';

/** What a file says of itself: who made it, with what, for which WASI, and what there is for a debugger. Plain data that can be posted. */
export interface FileFacts {
  /** Languages, tools and SDKs of all `producers` sections, without repetitions. */
  readonly producers: readonly Producer[];
  /** Registry and OCI metadata, in the order of the file; texts are cleaned and cut. */
  readonly metadata: readonly { readonly key: MetadataKey; readonly value: string }[];
  readonly debug: DebugFacts;
  /** The WASI that it needs, by its imports and exports: the highest version first. Empty for none. */
  readonly wasi: readonly WasiVersion[];
  /** Names of the target features (`simd128`) that its core modules were compiled with. */
  readonly features: readonly string[];
}

/** Custom sections of wasm-metadata (OCI annotations) and the entries of the older registry-metadata section. */
export type MetadataKey =
  'name' | 'version' | 'description' | 'authors' | 'licenses' | 'source' | 'homepage' | 'revision';

export interface DebugFacts {
  /** Size of all `.debug_*` sections in bytes; 0 for none. */
  readonly dwarfBytes: number;
  /** Whether source lines are there (`.debug_line`), and types and variables (`.debug_info`). */
  readonly lines: boolean;
  readonly variables: boolean;
  /** How many functions the name sections name. */
  readonly namedFunctions: number;
  /** The file that `external_debug_info` names, the URL of `sourceMappingURL`, the identifier of `build_id` in hexadecimal; null for none. */
  readonly external: string | null;
  readonly sourceMap: string | null;
  readonly buildId: string | null;
}

export interface WasiVersion {
  /** `0.2.6`; `preview1` for `wasi_snapshot_preview1`, `preview0` for `wasi_unstable`; '' for drafts without version. */
  readonly version: string;
  /** Names of the packages of WASI (`cli`, `http`), or nothing for preview1 and preview0. */
  readonly packages: readonly string[];
}
