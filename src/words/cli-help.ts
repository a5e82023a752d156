import { t } from './t';

/** What the list of commands and a command's own help need. */
interface CommandHelp {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly help: string;
}

/** The help for the whole command line. */
export function helpText(commands: readonly CommandHelp[]): string {
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}\n`).join('');
  return `${t('fresh-instance runs WASI components in managed instances.')}

${t('Commands:')}
${list}
${t('See fresh-instance COMMAND --help for one of them.')}

${t('Environment:')}
  FRESH_INSTANCE_CACHE  ${t('the folder for translated components, in place of the cache folder of the user')}
  FRESH_INSTANCE_LOG    ${t('1 for a log on stderr')}
`;
}

/** The help for one command. */
export function commandHelpText({ usage, help }: CommandHelp): string {
  return `${t('Usage: {0}', usage)}\n\n${help}\n`;
}

/** Where to find help: `command` is "fresh-instance" or "fresh-instance run". */
export function seeHelpText(command: string): string {
  return t('See {0} --help.', command);
}

/** Says that standard output cannot be written. */
export function outputUnwritableText(words: string): string {
  return t('The output cannot be written: {0}.', words);
}

/** Says that an unexpected error is a fault of this program. */
export function ownFaultText(words: string): string {
  return t('This is a fault of fresh-instance itself: {0}', words);
}
