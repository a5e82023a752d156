// The command line: finds the command and runs it. Every command is a file of its own in this folder.
import {
  commandHelpText,
  helpText,
  outputUnwritableText,
  ownFaultText,
  seeHelpText,
} from '../words/cli-help';
import { usageText } from '../words/cli-usage';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moreBundle, runBundle, serveBundle } from './bundles';
import { status } from './status';
import { runnersAhead } from './runners-ahead';
import { isUsageError, type Command } from './usage';
import { tell } from './stderr';

/** The commands by name. */
const commands: Readonly<Record<string, () => Command>> = {
  run: () => runBundle().run,
  call: () => moreBundle().call,
  serve: () => serveBundle().serve,
  check: () => moreBundle().check,
  inspect: () => moreBundle().inspect,
};

async function main(args: readonly string[]): Promise<number> {
  const [first, ...rest] = args;
  // As people know it of other programs: `help run`, and `run --help` wherever it stands before the guest's arguments.
  const asksForHelp = first === 'help' || ownArguments(args).some(isHelp);
  const name = first === 'help' ? rest[0] : first;
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  // The guest of `run` writes to this descriptor itself. Node would put it into another mode at the mere mention of process.stdout.
  if ((name !== 'run' && name !== 'serve') || asksForHelp) endWithReader();
  if (name === undefined && !asksForHelp) {
    tell(help());
    return status.cannotStart;
  }
  if (asksForHelp && (name === undefined || isHelp(name))) {
    process.stdout.write(help());
    return 0;
  }
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  if (command === undefined) {
    tell(`fresh-instance: ${usageText.noCommand(name ?? '')}\n${seeHelpText('fresh-instance')}\n`);
    return status.cannotStart;
  }
  const runners = name === 'run' && !asksForHelp ? runnersAhead(rest) : undefined;
  const loaded = command();
  if (asksForHelp) {
    process.stdout.write(commandHelpText(loaded));
    return 0;
  }
  try {
    return await loaded.run(rest, runners);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    tell(`fresh-instance: ${error.message}\n${seeHelpText(`fresh-instance ${loaded.name}`)}\n`);
    return status.cannotStart;
  }
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function ownArguments(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}

function help(): string {
  return helpText(Object.values(commands).map((load) => load()));
}

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  const found: unknown = JSON.parse(text);
  return typeof found === 'object' && found !== null && 'version' in found
    ? String(found.version)
    : 'unknown';
}

/** Whoever reads the output may stop doing so, as `head` does: that ends a program as a signal would, and takes its runners along. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(status.pipeClosed);
    tell(`fresh-instance: ${outputUnwritableText(error.message)}\n`);
    process.exit(status.cannotStart);
  });
}

/** An unexpected error must not look like the outcome of a guest or of a check, as Node's own status 1 would. */
function endWithFault(error: Error): void {
  const fromSystem = 'syscall' in error;
  tell(
    fromSystem
      ? `fresh-instance: ${error.message}.\n`
      : `fresh-instance: ${ownFaultText(error.stack ?? error.message)}\n`,
  );
  process.exit(status.cannotStart);
}

process.on('uncaughtException', endWithFault);
void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
