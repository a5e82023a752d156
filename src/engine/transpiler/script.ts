/**
 * Turns the ES module that jco generates into a script that is a function of a console and gives `instantiate`,
 * since only scripts can be compiled from a code cache. Throws if the module is not of the shape that jco 1.35 makes.
 */
export function moduleToScript(source: string): string {
  const head = 'export function instantiate(';
  const parts = source.split(/^(?=export )/m);
  const [before = '', instantiate, ...rest] = parts;
  if (instantiate?.startsWith(head) !== true || /^import /m.test(before)) {
    throw new Error('The generated module does not have the expected shape.');
  }
  if (rest.some((part) => !/^export const _util = \{[\s\w,:]*\}\s*$/.test(part))) {
    throw new Error('The generated module exports more than instantiate.');
  }
  // The parentheses around the function make V8 compile it at once, and so put it into the code cache.
  return `(function (console) {"use strict";${before}return (function instantiate(${instantiate.slice(head.length).trimEnd().replace(/;$/, '')});})`;
}
