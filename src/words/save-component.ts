import { t } from './t';

/** Texts of "Save as Component…". */
export const saveText = {
  title: (name: string) => t('Save {0} as a Component', name),
  saved: (name: string) => t('Saved the component as {0}.', name),
};
