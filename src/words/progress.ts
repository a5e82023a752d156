import { t } from './t';

/** Something that can take long: the start of an instance, or what comes before it. */
export type WorkStep = 'starting' | 'adapting' | 'transpiling' | 'probing' | 'waiting-for-build';

/** What is being done, for a notification that names the component already. */
export function progressText(step: WorkStep): string {
  switch (step) {
    case 'starting':
      return t('starting');
    case 'adapting':
      return t('making a component of the module');
    case 'transpiling':
      return t('transpiling');
    case 'probing':
      return t('trying a second run');
    case 'waiting-for-build':
      return t('waiting for its build to end');
  }
}
