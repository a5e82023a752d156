import { quoteLines } from './escape';

/**
 * A printed value before it is decided where its lines end. A string is printed as it is; `lines` is text that may be printed over
 * several lines; a group has items between brackets.
 */
export type Node =
  | string
  | {
      readonly kind: 'lines';
      readonly before: string;
      readonly flat: string;
      readonly value: string;
      readonly after: string;
    }
  | Group;

interface Group {
  readonly kind: 'group';
  readonly open: string;
  readonly items: readonly Node[];
  readonly close: string;
  /** Of the whole, on one line. */
  readonly length: number;
  /** How many further items were left out. */
  readonly hidden: number;
}

/** Between items. */
export const separatorLength = 2;

/** Items between brackets. */
export function group(open: string, items: readonly Node[], close: string, hidden = 0): Node {
  let length = open.length + close.length + Math.max(0, items.length - 1) * separatorLength;
  for (const item of items) length += lengthOf(item);
  return { kind: 'group', open, items, close, length, hidden };
}

/** The node with text before and behind it, on the same lines as its first and last. */
export function wrap(before: string, node: Node, after = ''): Node {
  if (typeof node === 'string') return before + node + after;
  if (node.kind === 'lines') return { ...node, before: before + node.before, after: node.after + after };
  return {
    ...node,
    open: before + node.open,
    close: node.close + after,
    length: node.length + before.length + after.length,
  };
}

/** On one line. */
export function flat(node: Node): string {
  if (typeof node === 'string') return node;
  if (node.kind === 'lines') return node.before + node.flat + node.after;
  const items = node.items.map(flat);
  if (node.hidden > 0) items.push(`… ${node.hidden.toLocaleString('en')} more`);
  return node.open + items.join(', ') + node.close;
}

/** On as many lines as it takes for none to be longer than `width`, where that can be; further lines are indented by `indent` and more. */
export function layout(node: Node, width: number, indent = 0): string {
  if (indent + lengthOf(node) <= width || typeof node === 'string') return flat(node);
  if (node.kind === 'lines') {
    return node.value.includes('\n') ? node.before + quoteLines(node.value, indent) + node.after : flat(node);
  }
  if (node.items.length === 0) return flat(node);
  const margin = ' '.repeat(indent + 2);
  const lines = node.items.every((item) => typeof item === 'string')
    ? fill(node.items, width - indent - 2)
    : node.items.map((item) => `${layout(item, width - 1, indent + 2)},`);
  return `${node.open}\n${lines.map((line) => `${margin}${line}\n`).join('')}${' '.repeat(indent)}${node.close}`;
}

/** On one line of about `maxLength` characters: what does not fit is left out and counted. */
export function fold(node: Node, maxLength: number): string {
  const hidden = typeof node !== 'string' && node.kind === 'group' ? node.hidden : 0;
  if (hidden === 0 && lengthOf(node) <= maxLength) return flat(node);
  if (typeof node === 'string' || node.kind === 'lines') {
    const whole = flat(node);
    return whole.length <= maxLength ? whole : `${whole.slice(0, Math.max(1, maxLength - 1))}…`;
  }
  const shown: string[] = [];
  let left = maxLength - node.open.length - node.close.length;
  for (const item of node.items) {
    // What is left must be worth starting an item for, and leave a place for the count.
    if (shown.length > 0 && left < Math.min(lengthOf(item), 8) + 10) break;
    const text = fold(item, Math.max(8, left));
    shown.push(text);
    left -= text.length + 2;
  }
  const more = node.items.length - shown.length + hidden;
  if (more > 0) shown.push(`… ${more.toLocaleString('en')} more`);
  return node.open + shown.join(', ') + node.close;
}

/** Of a node on one line. */
export function lengthOf(node: Node): number {
  if (typeof node === 'string') return node.length;
  if (node.kind === 'group') return node.length;
  return node.before.length + node.flat.length + node.after.length;
}

/** Several items on each line, each followed by a comma. */
function fill(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const longer = line === '' ? `${item},` : `${line} ${item},`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = `${item},`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}
