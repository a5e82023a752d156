import { t } from './t';

/** Says that not all functions are listed. */
export function sizesNote(listed: number, all: number): string {
  return t(
    'The table has the {0} largest of {1} functions.',
    listed.toLocaleString('en-US'),
    all.toLocaleString('en-US'),
  );
}

/** What has changed since the build before. Sizes come with their sign. */
export const changesText = {
  none: (time: string) => t('No size has changed since the build of {0}.', time),
  whole: (bytes: string, time: string) => t('{0} since the build of {1}.', bytes, time),
  origin: (bytes: string, name: string) => t('{0} in {1}.', bytes, name),
  func: (bytes: string, name: string) => t('{0} in the function {1}.', bytes, name),
};
