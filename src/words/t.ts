/** What a placeholder of a message is filled with. */
export type Filling = string | number | boolean;

/** Fills the placeholders of a message that may have been translated first. `vscode.l10n.t` is one. */
export interface Translator {
  /** @param args the values of `{0}`, `{1}`, … */
  (message: string, ...args: Filling[]): string;
  /** @param args the values of `{name}` placeholders */
  (message: string, args: Record<string, Filling>): string;
}

let translate: Translator = fillIn;

/**
 * Makes a text for the user. The message is a literal English sentence, which is also its key in the translations:
 * `t('Ran {0} times', times)` or `t('{file} is empty', { file })`. Placeholders are numbered from 0 without gaps. Where
 * grammar depends on a number, there is a message for one and another for many; sentences are not put together from parts.
 */
export const t: Translator = (message: string, ...args: Filling[] | [Record<string, Filling>]): string =>
  // An overloaded function cannot be called with a union of its argument lists.
  (translate as (message: string, ...args: unknown[]) => string)(message, ...args);

/** Sets what {@link t} translates with: `vscode.l10n.t` in the editor. Without one, texts are in English. */
export function useTranslator(translator: Translator = fillIn): void {
  translate = translator;
}

/** Fills the placeholders of an English message. A placeholder without a value stays as it is. */
function fillIn(message: string, ...args: Filling[] | [Record<string, Filling>]): string {
  const [first] = args;
  const values = typeof first === 'object' ? first : (args as Filling[]);
  return message.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String((values as Readonly<Record<string, Filling>>)[name]) : placeholder,
  );
}
