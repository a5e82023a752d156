// The command line: finds the command and runs it. Every command is a file of its own in this folder.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { status } from './outcome';
import { usageError, UsageError, type Command } from './usage';

/** The commands by name. Each is loaded when it is asked for: a short run is over before the rest would be read. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run')).run,
  call: async () => (await import('./call')).call,
  check: async () => (await import('./check')).check,
  inspect: async () => (await import('./inspect')).inspect,
};

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  // The guest of `run` writes to this descriptor itself. Node would put it into another mode at the mere mention of process.stdout.
  if (name !== 'run') endWithReader();
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  try {
    if (command === undefined) throw usageError(`There is no command "${name}".`);
    if (rest[0] === '--help' || rest[0] === '-h') {
      process.stdout.write(`Usage: ${command.usage}\n\n${command.help}\n`);
      return 0;
    }
    return await command.run(rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const usage = command === undefined ? 'fresh-instance --help' : `fresh-instance ${command.name} --help`;
    process.stderr.write(`fresh-instance: ${error.message}\nSee ${usage}.\n`);
    return 2;
  }
}

async function help(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
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
