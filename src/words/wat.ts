import { t } from './t';

/** What is said in documents of WAT, and by the commands that open them. */
export const watText = {
  noModule: (module: number) => t('There is no core module {0} in the file.', module),
  noFunction: (index: number) => t('The module defines no function {0}.', index),
  large: (count: number, code: string) =>
    t(
      '{0} functions, {1} of code: each is a document of its own. The largest ones follow; "Go to Function…" finds all.',
      count.toLocaleString('en-US'),
      code,
    ),
  /** A line of a list of functions; no words. */
  listed: (index: string, name: string, size: string) =>
    `(;${index};) ${name === '' ? index : name}  ${size}`,
  /** The function that such a line is about, null for another line. */
  listedIndex: (line: string) => {
    const index = /^\(;(\d+);\) /.exec(line)?.[1];
    return index === undefined ? null : Number(index);
  },
  /** The first line of a document: what leads back to the file, and from a function to its module. */
  title: (file: string, module: number) => `${file} · ${watText.module(module)}`,
  openTitle: () => t('Open as WAT'),
  chooseModule: () => t('Choose a core module'),
  module: (number: number) => t('core module {0}', number),
  findTitle: () => t('Go to Function'),
  findFunction: () => t('Part of a name, or an index'),
  found: (shown: number, total: number) =>
    t('{0} of {1} functions', shown.toLocaleString('en-US'), total.toLocaleString('en-US')),
  noModules: (name: string) => t('{0} has no core modules.', name),
  noModulesHint: () => t('Show its interface instead.'),
};
