import type { SourceEdit, SourceFindings } from './source-document';

/**
 * What the editor tells the worker. `version` is the document's, and comes back with what was found in it.
 */
export type WorkerRequest =
  | {
      readonly type: 'open';
      readonly id: string;
      readonly version: number;
      readonly languageId: string;
      readonly text: string;
    }
  | {
      readonly type: 'edit';
      readonly id: string;
      readonly version: number;
      readonly edits: readonly SourceEdit[];
    }
  | { readonly type: 'close'; readonly id: string };

/** The worker's answer to `open` and `edit`. A version that was edited again gets none. */
export type WorkerResponse =
  | {
      readonly type: 'found';
      readonly id: string;
      readonly version: number;
      readonly findings: SourceFindings;
    }
  | { readonly type: 'failed'; readonly id: string; readonly version: number; readonly message: string };
