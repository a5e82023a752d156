import { t } from './t';

/** Texts of the lists that components and instances are chosen from. */
export const pickText = {
  component: () => t('Choose a component'),
  components: () => t('Components of this workspace'),
  file: () => t('Choose a file…'),
  fileType: () => t('WebAssembly components'),
  live: () => t('has a live instance'),
  instance: () => t('Choose an instance'),
  componentOfSource: (source: string) => t('Which component does {0} make?', source),
  noRunnable: () => t('No component with a run was found in this workspace'),
  remembered: () => t('Remembered for this workspace'),
};
