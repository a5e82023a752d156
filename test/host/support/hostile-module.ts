/** Text that does harm wherever it is taken for markup, a link or a command. */
export const hostileText = '<img src=x onerror=document.title=1> [x](command:workbench.action.quit) `b`';

/** A core module whose export, function name, custom section and producers are {@link hostileText}. */
export function hostileModule(): Uint8Array {
  const name = text(hostileText);
  const custom = (title: string, content: readonly number[]) => section(0, [...text(title), ...content]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name, 0, 0]),
    ...section(10, [1, 2, 0, 0x0b]),
    // Subsection 1 of the name section has the names of functions.
    ...custom('name', section(1, [1, 0, ...name])),
    ...custom('producers', [1, ...text('processed-by'), 1, ...name, ...name]),
    ...custom(hostileText, [1, 2, 3]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

function text(value: string): number[] {
  const bytes = [...Buffer.from(value)];
  return [...leb(bytes.length), ...bytes];
}

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
