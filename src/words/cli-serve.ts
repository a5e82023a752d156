import type { StartFailure } from '../component/outcome';
import { startFailureText } from './start-failure';
import { t } from './t';
import { unsupportedText } from './unsupported';

/** Says where a component is served. */
export function servingText(file: string, url: string): string {
  return t('Serving {0} on {1}', file, url);
}

/** Says that Ctrl+C has come, and how many requests are still answered. */
export function drainingText(open: number): string {
  return open === 1
    ? t('Waiting for 1 request to end. Press Ctrl+C again to end at once.')
    : t('Waiting for {0} requests to end. Press Ctrl+C again to end at once.', open);
}

/** Says that a rebuilt component answers from now on. */
export function reloadedText(file: string): string {
  return t('{0} was rebuilt: new requests go to the new build.', file);
}

/** Says why a rebuilt component does not take over. */
export function notReloadedText(file: string, words: string): string {
  return t('{0} was rebuilt, and the former build still answers: {1}', file, words);
}

/** Says why nothing can be served on an address. */
export function cannotListenText(address: string, words: string): string {
  return t('Cannot listen on {0}: {1}.', address, words);
}

/** Says why a component cannot be served, and what to do where that is known. One sentence each. */
export function cannotServeTexts(file: string, failure: StartFailure): readonly string[] {
  return [
    t('{0} cannot start: {1}.', file, startFailureText(failure)),
    ...(failure.code === 'unsupported' ? failure.found.map(unsupportedText) : []),
    ...(failure.code === 'missing-imports'
      ? [t('A JavaScript module can stand in for an import: --import INTERFACE=MODULE.')]
      : []),
  ];
}
