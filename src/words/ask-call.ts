import { t } from './t';

/** Texts of the picker that asks for a call. */
export const askCallText = {
  hint: () => t('interface#function(arguments), in WAVE: add(1, 2) or greet("you")'),
  call: () => t('Call'),
  wrongColumn: (column: number) => t('Column {0}', column),
  edit: () => t('Write it in an editor'),
};
