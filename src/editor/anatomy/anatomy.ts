import type { Result } from '../../base/result';
import type { FoundFunctions } from '../../component/anatomy/find-functions';
import type { Overview } from '../../component/anatomy/overview';
import type { SizeTable } from '../../component/anatomy/sizes';
import type { WatPrint } from '../../component/wat/read-wat';
import type { EngineError } from '../../engine/errors';

/**
 * Looks into .wasm files of any kind and size on a thread of its own. Nothing rejects; a question that is aborted fails as `unreadable`,
 * without words.
 */
export interface Anatomy {
  readonly overview: (path: string) => Promise<Result<Overview, EngineError>>;
  readonly sizes: (path: string, options?: SizeOptions) => Promise<Result<SizeTable, EngineError>>;
  /** The largest functions whose name or index contains `text`, at most `limit`, of one core module or of all. */
  readonly findFunctions: (
    path: string,
    text: string,
    limit: number,
    module?: number,
  ) => Promise<Result<FoundFunctions, EngineError>>;
  /** A core module as text, by its number; null if there is none. */
  readonly wat: (path: string, module: number) => Promise<Result<WatPrint | null, EngineError>>;
  /** A function of a core module as text; null if the module does not define it. */
  readonly watFunction: (
    path: string,
    module: number,
    index: number,
  ) => Promise<Result<string | null, EngineError>>;
}

export interface SizeOptions {
  /** Told now and then, in bytes. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}
