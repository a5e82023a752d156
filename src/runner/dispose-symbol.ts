/** The key of what ends a resource. jco's glue falls back to this name where the JS engine has no Symbol.dispose. */
export const disposeSymbol = (Symbol.dispose as symbol | undefined) ?? Symbol.for('dispose');
