import { t } from './t';

/** Lines of ours in the terminals of instances. */
export const terminalText = {
  truncated: () => t('Output truncated here. "Show All Output" lifts the limit for further output.'),
  capLifted: (leftOut: string) => t('({0} of output were left out. All further output is shown.)', leftOut),
  leftOut: (leftOut: string) => t('({0} of output were left out)', leftOut),
  noNetwork: () =>
    t('The guest asked for the network, which is not granted. "Run with Grants and Limits…" can grant it.'),
  openLine: () => t('Open the line'),
  sourceNotFound: (file: string) => t('{0} is not in this workspace.', file),
};
