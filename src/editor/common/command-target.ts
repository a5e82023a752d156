import type { ExportRef } from '../../instance/call';
import type { InstanceId } from '../../instance/registry';

/** What a command was asked to act on, by a row, a lens, a link, a file or a key. */
export type CommandTarget =
  /** Nothing: the command came from the palette, or from a key. */
  | { readonly type: 'none' }
  /** A .wasm file, by its absolute path. */
  | { readonly type: 'component'; readonly path: string }
  | { readonly type: 'export'; readonly path: string; readonly export: ExportRef }
  | { readonly type: 'instance'; readonly path: string; readonly id: InstanceId }
  /** A core module of a file, by its number, or one function of it. */
  | {
      readonly type: 'core-module';
      readonly path: string;
      readonly module: number;
      readonly func: number | null;
    }
  /** A call of an instance's history. */
  | { readonly type: 'call'; readonly path: string; readonly id: InstanceId; readonly number: number }
  /** A handle of an instance, by its name with `$`. */
  | { readonly type: 'handle'; readonly path: string; readonly id: InstanceId; readonly handle: string }
  /** A call that is written somewhere, as WAVE text. */
  | { readonly type: 'call-text'; readonly path: string; readonly text: string }
  /** A call in a document, by its address and an offset in it. */
  | { readonly type: 'place'; readonly uri: string; readonly offset: number }
  /** A file that is no component, by its address. */
  | { readonly type: 'document'; readonly uri: string }
  /** An argument that names nothing we know. */
  | { readonly type: 'other' };

/** The component that a target names or belongs to. */
export function pathOf(target: CommandTarget): string | undefined {
  return 'path' in target ? target.path : undefined;
}

/** The target that the fields of a row's, a lens's or a link's argument name. */
export function targetOfFields(fields: Readonly<Record<string, unknown>>): CommandTarget {
  const { path, id, number, handle, text, uri, offset, module, func } = fields;
  if (typeof uri === 'string' && typeof offset === 'number') return { type: 'place', uri, offset };
  if (typeof path !== 'string') return { type: 'other' };
  if (typeof id === 'string') {
    if (typeof number === 'number') return { type: 'call', path, id, number };
    if (typeof handle === 'string') return { type: 'handle', path, id, handle };
    return { type: 'instance', path, id };
  }
  if (typeof module === 'number')
    return { type: 'core-module', path, module, func: typeof func === 'number' ? func : null };
  const ref = exportOf(fields.export);
  if (ref !== undefined) return { type: 'export', path, export: ref };
  return typeof text === 'string' ? { type: 'call-text', path, text } : { type: 'component', path };
}

function exportOf(value: unknown): ExportRef | undefined {
  if (typeof value !== 'object' || value === null || !('func' in value) || typeof value.func !== 'string')
    return undefined;
  return 'interface' in value && typeof value.interface === 'string'
    ? { interface: value.interface, func: value.func }
    : { func: value.func };
}
