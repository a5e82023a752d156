import { t } from './t';

/** Buttons of notifications. */
export const buttons = {
  callFresh: () => t('Call in Fresh Instance'),
  callAnyway: () => t('Call Anyway'),
  chooseEngine: () => t('Choose Engine…'),
  installWasmtime: () => t('Install wasmtime…'),
  manageTrust: () => t('Manage Workspace Trust'),
  openSetting: () => t('Open Setting'),
  openSettings: () => t('Open Settings'),
  probeReadOnly: () => t('Probe Read-Only'),
  probeWithGrants: () => t('Probe With These Grants'),
  run: () => t('Run'),
  runAnyway: () => t('Run Anyway'),
  runFresh: () => t('Run in Fresh Instance'),
  showLine: () => t('Show Line'),
  showLog: () => t('Show Log'),
  showResult: () => t('Show Result'),
  why: () => t('Why?'),
};

/** Says that there is no more output to show. */
export function nothingLeftOutText(name: string, number: number): string {
  return t('Instance #{0} of {1} shows all of its output.', number, name);
}

/** Says that nothing was run because the workspace is not trusted. */
export function untrustedText(name: string): string {
  return t(
    '{0} was not run: this workspace is in restricted mode. Components can be read, but are not run until you trust the workspace.',
    name,
  );
}
