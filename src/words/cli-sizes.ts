import { t } from './t';

/** Headings of the table that `inspect --sizes` prints. */
export const sizeTableText = {
  head: (file: string, bytes: number) => t('{0}: {1} bytes', file, bytes.toLocaleString('en-US')),
  byOrigin: () => t('by origin'),
  byPart: () => t('by module, section and function'),
};
