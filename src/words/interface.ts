import type { ModuleForm } from '../component/module-facts';
import { t } from './t';

/** Comments that stand around a component's interface. */
export const interfaceText = {
  adapted: (form: ModuleForm) =>
    form === 'plain'
      ? t('The interface of the component that is made of this core module.')
      : t('The interface of the component that is made of this wasip1 module.'),
  witPackage: (name: string) =>
    t('{0} is a WIT package: interfaces and worlds without code. There is nothing to run.', name),
  library: () => t('A library: it has no run. Its exports can be called.'),
  verdict: (headline: string, basis: string) => t('Repeated run: {0} (basis: {1})', headline, basis),
  producers: (names: readonly string[]) => t('Made by {0}', names.join(', ')),
  noImports: () => t('It needs nothing of its host.'),
  allProvided: (count: number) =>
    count === 1
      ? t('The host here provides its only import.')
      : t('The host here provides all of its {0} imports.', count),
  notProvided: (missing: readonly string[]) => t('The host here does not provide {0}.', missing.join(', ')),
  exports: () => t('Functions of the exported interfaces:'),
};
