import { StartError } from '../errors';
import { readComponent } from '../../component/read-component';

/** What can end a string or a comment of JavaScript. Toolchains make no such names. */
const unsafe = /['"`\\\p{Cc}\u2028\u2029]|\*\//u;

/**
 * Throws for a component with a name that would be code in jco's glue.
 *
 * What jco 1.35 emits: the names of core imports and exports in quotes, without escaping them. What is wrong:
 * a name with a quote in it ends the string, so that the rest of the name is JavaScript that a runner
 * executes outside of WebAssembly. Reproduction: a core export `a'+process.exit(1)+'` that is lifted. No
 * upstream report is known.
 */
export function rejectUnsafeNames(component: Uint8Array): void {
  const read = readComponent(component);
  if (!read.ok) throw new StartError({ code: 'unreadable', words: read.error.message });
  const name = findText(read.value, (text) => unsafe.test(text));
  if (name !== undefined) throw new StartError({ code: 'unsafe-name', name });
}

/**
 * The first text of a decoded component that is wanted: names of imports and exports among others, and keys
 * of maps.
 */
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
