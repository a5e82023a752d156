// The command line: finds the command and runs it. Every command is a file of its own in this folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moreBundle, runBundle } from './bundles';
import { status } from './outcome';
import { runnersAhead } from './runners-ahead';
import { isUsageError, usageError, type Command } from './usage';

/** The commands by name. */
const commands: Readonly<Record<string, () => Command>> = {
  run: () => runBundle().run,
  call: () => moreBundle().call,
  check: () => moreBundle().check,
  inspect: () => moreBundle().inspect,
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  // The guest of `run` writes to this descriptor itself. Node would put it into another mode at the mere mention of process.stdout.
  if (name !== 'run') endWithReader();
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const runners = name === 'run' ? runnersAhead(rest) : undefined;
  const command = Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
  try {
    if (command === undefined) throw usageError(`There is no command "${name}".`);
    if (rest[0] === '--help' || rest[0] === '-h') {
      process.stdout.write(`Usage: ${command.usage}\n\n${command.help}\n`);
      return 0;
    }
    return await command.run(rest, runners);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    const usage = command === undefined ? 'fresh-instance --help' : `fresh-instance ${command.name} --help`;
    process.stderr.write(`fresh-instance: ${error.message}\nSee ${usage}.\n`);
    return 2;
  }
}

function help(): string {
  const all = Object.values(commands).map((load) => load());
  const list = all.map(({ name, summary }) => `  ${name.padEnd(9)}${summary}\n`).join('');
  return `fresh-instance runs WASI components in managed instances.\n\nCommands:\n${list}\nfresh-instance COMMAND --help tells more.\n`;
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
    if (error.code !== 'EPIPE') throw error;
    process.exit(status.pipeClosed);
  });
}

void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
