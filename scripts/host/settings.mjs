// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Settings that let users see the samples and their verdicts first. */
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

/** More settings for tests: nothing covers or moves what they read, and terminals and dialogs are text in the page. */
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
 * Writes user settings unless there are some, so that changes by a user are not lost.
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
