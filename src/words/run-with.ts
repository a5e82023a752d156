import { t } from './t';

/** Texts of "Run with Arguments…" and "Run with Grants and Limits…". */
export const runWithText = {
  title: (component: string) => t('Run {0} with…', component),
  hint: () => t('Nothing is granted that is not listed here'),
  none: () => t('none'),
  run: () => t('Run'),
  discard: () => t('Discard changes'),
  discardHint: () => t('back to the last run'),
  arguments: () => t('Arguments and environment…'),
  argumentsTitle: (component: string) => t('Arguments and environment of {0}', component),
  argumentsPrompt: () =>
    t('First variables as NAME=value, then arguments, quoted as in a shell. Remembered for this component.'),
  argumentsExample: () => t('GREETING=hello first "second one"'),
  directory: () => t('Grant a directory…'),
  directoryHint: () => t('only those below are granted'),
  granted: (host: string, readOnly: boolean) =>
    readOnly ? t('{0} · read-only · select to remove', host) : t('{0} · read-write · select to remove', host),
  hostTitle: () => t('Directory to grant'),
  guestTitle: () => t('Path that the guest sees'),
  accessTitle: (host: string) => t('Access to {0}', host),
  readOnly: () => t('Read-only'),
  readWrite: () => t('Read and write'),
  network: (allowed: boolean) => (allowed ? t('Network: allowed') : t('Network: off')),
  networkHint: () => t('sockets, name lookup, outgoing HTTP'),
  stdin: () => t('Standard input…'),
  stdinTitle: () => t('Standard input'),
  stdinTerminal: () => t('The terminal'),
  stdinEmpty: () => t('Empty'),
  stdinFile: () => t('A file…'),
  stdinFileTitle: () => t('File for standard input'),
  timeLimit: () => t('Time limit…'),
  timeLimitTitle: () => t('Time limit of one call'),
  timeLimitPrompt: () => t('Such as 5s or 500ms; a bare number is seconds. Empty for no limit.'),
  memoryLimit: () => t('Memory limit…'),
  memoryLimitTitle: () => t('Limit of each memory'),
  memoryLimitPrompt: () => t('Such as 64MiB; a bare number is bytes. Empty for no limit.'),
};
