import { nearest } from '../base/nearest';
import { isWasiImport } from '../component/wasi';
import { t } from './t';

/** Says that a module stands in for nothing that a component imports, with the import that was probably meant. */
export function unusedModuleText(name: string, imports: readonly string[]): string {
  const own = imports.filter((each) => !isWasiImport(each));
  const likely = nearest(name, own) ?? nearest(name, imports);
  if (likely !== undefined) return t('The component does not import {0}. Did you mean {1}?', name, likely);
  if (own.length === 0) return t('The component does not import {0}. It imports only WASI.', name);
  return t('The component does not import {0}. Besides WASI it imports {1}.', name, own.join(', '));
}
