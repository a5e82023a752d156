import type { TypeOf } from '../types';

/** The types whose values WAVE cannot write down. A name stands for them: `$1`. */
export type HandleType = TypeOf<'own' | 'borrow' | 'stream' | 'future'> | { readonly kind: 'error-context' };

/** Finds the value that an earlier call returned, by the name that its result showed. */
export interface HandleLookup {
  /**
   * @param name without the `$`
   * @returns the value, or in words why it cannot stand here: there is none, it is of another type, it was given away
   */
  find(name: string, type: HandleType): { readonly value: unknown } | { readonly problem: string };
}

/** Gives a name to a value that a call returned, so that later calls can use it. */
export interface HandleNaming {
  /** @returns the name without the `$` */
  nameFor(value: unknown, type: HandleType): string;
}

/** What to look up in where no calls were made. */
export const noHandles: HandleLookup = {
  find: (name) => ({ problem: `There is no handle \`$${name}\`.` }),
};
