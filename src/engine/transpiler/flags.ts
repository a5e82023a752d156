import { setFlagsFromString } from 'node:v8';

/**
 * V8 compiles jco's transpiler with its quick compiler alone: optimising it as well would take longer than
 * most components take to transpile. Imported before the transpiler is, since what is compiled already does
 * not change.
 */
setFlagsFromString('--liftoff-only');

/** Makes something under the flags that every other process has, as V8 wants it of a code cache. */
export function underUsualFlags<T>(make: () => T): T {
  setFlagsFromString('--no-liftoff-only');
  try {
    return make();
  } finally {
    setFlagsFromString('--liftoff-only');
  }
}
