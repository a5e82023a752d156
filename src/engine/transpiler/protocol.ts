import type { StartFailure } from '../../component/outcome';
import type { Manifest } from '../manifest';

/**
 * Descriptor of the pipe whose end tells the transpiler that its owner is gone; IPC tells it only between two
 * jobs.
 */
export const leaseFd = 4;

/** Asks for one component to be transpiled into a folder that exists and is empty. */
export interface TranspileRequest {
  readonly type: 'transpile';
  readonly id: number;
  /** Absolute path of the component. */
  readonly component: string;
  /** What the file's content must be; another content means that it was rebuilt meanwhile. */
  readonly sha256: string;
  readonly folder: string;
  /** Whether a memory that cannot grow is to be a trap. */
  readonly limitMemory: boolean;
  /** Whether calls of its HTTP handler may wait while others run, which takes promise integration for WASI 0.2 as well. */
  readonly serve: boolean;
}

/** Asks for a component to be made of a core module, in a folder that exists and is empty. */
export interface AdaptRequest {
  readonly type: 'adapt';
  readonly id: number;
  /** Absolute path of the core module. */
  readonly component: string;
  /** What the file's content must be, as for a {@link TranspileRequest}. */
  readonly sha256: string;
  readonly folder: string;
}

/** Asks for a component's world as WIT text. */
export interface InterfaceRequest {
  readonly type: 'interface';
  readonly id: number;
  /** Absolute path of the component. */
  readonly component: string;
}

export type TranspilerRequest = TranspileRequest | AdaptRequest | InterfaceRequest;

export type TranspilerReply =
  | { readonly id: number; readonly type: 'transpiled'; readonly manifest: Manifest }
  | { readonly id: number; readonly type: 'adapted'; readonly manifest: Manifest }
  | { readonly id: number; readonly type: 'interface'; readonly text: string }
  /** `broken`: the transpiler itself came to an end over it, and can do nothing more. */
  | {
      readonly id: number;
      readonly type: 'failed';
      readonly failure: StartFailure;
      readonly broken: boolean;
    };

/** Checks a request. Throws for what is none. */
export function parseTranspilerRequest(value: unknown): TranspilerRequest {
  if (isRecord(value) && typeof value.id === 'number' && typeof value.component === 'string') {
    const { id, component, type, sha256, folder, limitMemory, serve } = value;
    if (type === 'interface') return { type, id, component };
    if (type === 'adapt' && typeof sha256 === 'string' && typeof folder === 'string')
      return { type, id, component, sha256, folder };
    if (type === 'transpile' && typeof sha256 === 'string' && typeof folder === 'string') {
      return {
        type,
        id,
        component,
        sha256,
        folder,
        limitMemory: limitMemory === true,
        serve: serve === true,
      };
    }
  }
  throw new Error('The transpiler was sent something that is not a request.');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
