/** The keys of `T` whose values may be undefined. */
type OptionalKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** `T` with optional properties in place of those that may be undefined. */
export type Defined<T> = Omit<T, OptionalKeys<T>> & { [K in OptionalKeys<T>]?: Exclude<T[K], undefined> };

/**
 * An object without its undefined properties. Under `exactOptionalPropertyTypes` an optional property may be absent but not
 * undefined: `{ name, ...defined({ line }) }`.
 */
export function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>;
}
