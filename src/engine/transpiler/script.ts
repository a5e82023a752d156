const head = 'export function instantiate(';
const tail = 'export const _util =';

/**
 * Turns the ES module that jco generates into a script that is a function of a console and gives `instantiate`,
 * since only scripts can be compiled from a code cache. Throws if the module is not of the shape that jco 1.35 makes.
 */
export function moduleToScript(source: string): string {
  const start = source.indexOf(head);
  const end = source.lastIndexOf(tail);
  const before = source.slice(0, start);
  const after = source.slice(end + tail.length);
  if (
    start < 0 ||
    end < start ||
    !/^\s*"use components";\s*$/.test(before) ||
    // What it offers to other modules (a Future class, where futures are exported) is no part of instances.
    !/^\s*\{[^]*\}\s*;?\s*$/.test(after) ||
    /^(?:export|import)\b/m.test(after)
  ) {
    throw new Error('The generated module does not have the expected shape.');
  }
  const instantiate = source
    .slice(start + head.length, end)
    .trimEnd()
    .replace(/;$/, '');
  // The parentheses around the function make V8 compile it at once, and so put it into the code cache.
  return `(function (console) {"use strict";return (function instantiate(${instantiate});})`;
}
