import type { FoundFunctions } from '../../component/anatomy/find-functions';
import type { Overview } from '../../component/anatomy/overview';
import type { SizeOrigin, SizeRow, SizeTable } from '../../component/anatomy/sizes';
import type { WatPrint } from '../../component/wat/read-wat';
import type { EngineError } from '../../engine/errors';

/** What the editor asks of the thread that looks into files. */
export type AnatomyRequest = { readonly id: number; readonly path: string } & AnatomyQuestion;

export type AnatomyQuestion =
  | { readonly want: 'overview' }
  | { readonly want: 'sizes' }
  /** The largest functions whose name, or index, has `text` in it: those without a row, too. */
  | {
      readonly want: 'functions';
      readonly text: string;
      readonly limit: number;
      readonly module: number | null;
    }
  /** A core module as text, and one function of it. */
  | { readonly want: 'wat'; readonly module: number }
  | { readonly want: 'wat-function'; readonly module: number; readonly index: number };

/**
 * What the thread answers: parts and progress, then one `end` or `failed`. No message takes the receiver longer than some milliseconds to
 * clone.
 */
export type AnatomyResponse = { readonly id: number } & (
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'rows'; readonly rows: readonly SizeRow[] }
  | { readonly type: 'origins'; readonly origins: readonly SizeOrigin[] }
  | { readonly type: 'end'; readonly answer: AnatomyAnswer }
  | { readonly type: 'failed'; readonly error: EngineError }
);

export type AnatomyAnswer =
  | { readonly want: 'overview'; readonly overview: Overview }
  /** The rest of the table, whose rows and origins came before. */
  | { readonly want: 'sizes'; readonly table: Omit<SizeTable, 'rows' | 'origins'> }
  | { readonly want: 'functions'; readonly functions: FoundFunctions }
  /** Null where there is no such module or function. */
  | { readonly want: 'wat'; readonly print: WatPrint | null }
  | { readonly want: 'wat-function'; readonly text: string | null };
