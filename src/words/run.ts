import { t } from './t';

/** What a run says in its terminal and in notifications. */
export const runText = {
  repeatedCall: (call: number) => t('Call {0} on the same instance', call),
  wouldTrap: (name: string, number: number, why: string) =>
    t('Running {0} again on instance #{1} would trap: {2}.', name, number, why),
  trapped: (name: string, explanation: string) => t('{0}: {1}', name, explanation),
  offerFresh: () => t('Always run in a fresh instance when a repeated run would trap?'),
};

/** Buttons below `offerFresh`. */
export const offerButtons = {
  always: () => t('Always Run Fresh'),
  ask: () => t('Keep Asking'),
};
