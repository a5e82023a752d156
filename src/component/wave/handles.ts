import type { TypeOf } from '../types';

/** The types whose values WAVE cannot write down. A name stands for them: `$1`. */
export type HandleType = TypeOf<'own' | 'borrow' | 'stream' | 'future'> | { readonly kind: 'error-context' };

/** Why a handle cannot stand in a call; names are without the `$`. */
export type HandleLack = { readonly name: string } & (
  | { readonly code: 'none' | 'none-on-instance' | 'named-twice' | 'awaited' }
  /** It was given to a call, dropped, or read to its end. */
  | { readonly code: 'gone'; readonly how: 'given' | 'dropped' | 'read' }
  | { readonly code: 'other-type'; readonly type: HandleType; readonly wanted: HandleType }
  /** It is on an instance that has other grants. */
  | { readonly code: 'other-grants'; readonly component: string; readonly instance: number }
);

/** Finds the value that an earlier call returned, by the name that its result showed. */
export interface HandleLookup {
  /**
   * @param name without the `$`
   * @returns the value, or why it cannot stand here
   */
  find(name: string, type: HandleType): { readonly value: unknown } | { readonly lack: HandleLack };
}

/** Gives a name to a value that a call returned, so that later calls can use it. */
export interface HandleNaming {
  /** @returns the name without the `$` */
  nameFor(value: unknown, type: HandleType): string;
}

/** What to look up in where no calls were made. */
export const noHandles: HandleLookup = {
  find: (name) => ({ lack: { code: 'none', name } }),
};
