import type { SizeOrigin, SizeRow } from '../component/anatomy/sizes';
import { sectionName } from './damage';
import { t } from './t';

/** What the bytes of a row are: "function 12 main", "section import", "the 40 smaller ones". */
export function sizeRowText(
  { kind, name, index, count }: Pick<SizeRow, 'kind' | 'name' | 'index' | 'count'>,
  parent: SizeRow['kind'] | null,
): string {
  const number = index === null ? '' : String(index);
  switch (kind) {
    case 'file':
      return t('the whole file');
    case 'component':
      return named(t('component {0}', number), name);
    case 'module':
      return named(t('core module {0}', number), name);
    case 'section':
      return t('section {0}', sectionName(index ?? 0, parent === 'module' ? 'module' : 'component'));
    case 'code':
      return t('section code, {0} functions', count);
    case 'data':
      return t('section data, {0} segments', count);
    case 'custom':
      return t('custom section {0}', name);
    case 'function':
      return named(t('function {0}', number), name);
    case 'segment':
      return t('segment {0}', number);
    case 'names':
      return t('names of {0}', nameSubsections[index ?? -1] ?? number);
    case 'head':
      return t('headers');
    case 'rest':
      return restText(count);
    case 'unreadable':
      return t('cannot be read');
  }
}

/** A row for what is too small for one of its own. */
export function restText(count: number): string {
  return count === 1 ? t('1 smaller one') : t('{0} smaller ones', count);
}

function named(text: string, name: string): string {
  return name === '' ? text : `${text} ${name}`;
}

/** The parts of a name section as the specification calls them, which are not translated (core specification, appendix). */
const nameSubsections = 'module func local label type table memory global elem data field tag'.split(' ');

/** What bytes come from: "serde_json (crate)", "src/main.c", "data segments". */
export function originText({ kind, name }: Pick<SizeOrigin, 'kind' | 'name'>): string {
  switch (kind) {
    case 'crate':
      return t('{0} (crate)', name);
    case 'file':
      return name;
    case 'package':
      return t('{0} (package)', name);
    case 'namespace':
      return t('{0} (namespace)', name);
    case 'unknown':
      return t('code of unknown origin');
    case 'data':
      return t('data segments');
    case 'debug':
      return t('debug information');
    case 'names':
      return t('names');
    case 'custom':
      return t('custom section {0}', name);
    case 'structure':
      return t('types, imports, exports and headers');
    case 'others':
      return t('smaller ones');
  }
}
