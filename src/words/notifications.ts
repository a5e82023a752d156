import { t } from './t';

/** Buttons of notifications. */
export const buttons = {
  callFresh: () => t('Call in Fresh Instance'),
  callAnyway: () => t('Call Anyway'),
  manageTrust: () => t('Manage Workspace Trust'),
  openSettings: () => t('Open Settings'),
  runAnyway: () => t('Run Anyway'),
  runFresh: () => t('Run in Fresh Instance'),
  showLine: () => t('Show Line'),
  showLog: () => t('Show Log'),
  showResult: () => t('Show Result'),
  why: () => t('Why?'),
};

/** Says that nothing was run because the workspace is not trusted. */
export function untrustedText(name: string): string {
  return t(
    '{0} was not run: this workspace is in restricted mode. Components can be read, but are not run until you trust the workspace.',
    name,
  );
}
