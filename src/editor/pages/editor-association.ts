import { pageEditorId } from '../common/ids';

/** What the setting `freshInstance.openWasmFiles` can be. */
export type OpenWasmFiles = 'page' | 'other';

/** The files that the page is for, as `workbench.editorAssociations` writes them. */
export const wasmPattern = '*.wasm';

/** VS Code's name for its own editor. */
const ownEditor = 'default';

/**
 * The associations that follow from the setting, or null if they are as they should be. A priority in package.json cannot depend on a setting,
 * but VS Code asks the associations first. What the user wrote for `*.wasm` is left alone.
 * @param value the setting at one place (user, workspace); undefined where it is not set
 * @param before what it was there when we last looked
 * @param associations of VS Code at the same place
 */
export function associationsFor(
  value: OpenWasmFiles | undefined,
  before: OpenWasmFiles | undefined,
  associations: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | null {
  const current = associations[wasmPattern];
  const wanted = value === undefined ? undefined : editorOf(value);
  if (current === wanted) return null;
  const isOurs = current === undefined || (before !== undefined && current === editorOf(before));
  if (!isOurs) return null;
  const others = Object.fromEntries(Object.entries(associations).filter(([key]) => key !== wasmPattern));
  return wanted === undefined ? others : { ...others, [wasmPattern]: wanted };
}

function editorOf(value: OpenWasmFiles): string {
  return value === 'page' ? pageEditorId : ownEditor;
}
