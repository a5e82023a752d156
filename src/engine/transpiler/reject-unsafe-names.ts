import { readComponent } from '../../component/read-component';

/** What could end a string or a comment of JavaScript. Toolchains make no such names. */
const unsafe = /['"`\\\p{Cc}\u2028\u2029]|\*\//u;

/**
 * Throws for a component with a name that jco could not put into its glue as a mere name: it quotes the names of core imports and exports without
 * escaping them, so that a name could be JavaScript that a runner then runs, outside of WebAssembly.
 */
export function refuseUnsafeNames(component: Uint8Array): void {
  const read = readComponent(component);
  if (!read.ok) throw new Error(`it cannot be read: ${read.error.message}`);
  const name = findText(read.value, (text) => unsafe.test(text));
  if (name !== undefined)
    throw new Error(`it has a name that no toolchain makes, and that could be code: ${JSON.stringify(name)}`);
}

/** The first text that is wanted anywhere in a decoded component: names of imports and exports among others, keys of maps too. */
function findText(root: unknown, wanted: (text: string) => boolean): string | undefined {
  const seen = new Set<object>();
  const ahead: unknown[] = [root];
  while (ahead.length > 0) {
    const value = ahead.pop();
    if (typeof value === 'string' && wanted(value)) return value;
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) continue;
    seen.add(value);
    const inside: Iterable<unknown> =
      value instanceof Map ? [...value.keys(), ...value.values()] : Object.values(value);
    for (const each of inside) ahead.push(each);
  }
  return undefined;
}
