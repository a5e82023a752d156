// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What VS Code does not do by itself when we start it, so that the samples and what is said of them are what one sees first. */
export const calmSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
};

/** For the tests moreover: nothing covers or moves what they look at, and terminals and dialogs are text in the page. */
export const testSettings = {
  ...calmSettings,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'security.workspace.trust.startupPrompt': 'never',
  'terminal.integrated.gpuAcceleration': 'off',
  'window.dialogStyle': 'custom',
  'freshInstance.standby.max': 0,
};

/**
 * Writes a user's settings if there are none yet, so that what somebody set in this VS Code stays.
 * @param {string} userDataFolder
 * @param {Readonly<Record<string, unknown>>} settings
 */
export function writeSettings(userDataFolder, settings) {
  const user = join(userDataFolder, 'User');
  mkdirSync(user, { recursive: true });
  try {
    writeFileSync(join(user, 'settings.json'), JSON.stringify(settings, undefined, 2), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
