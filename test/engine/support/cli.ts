import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { fixture } from '../../fixtures';
import { dist } from '../harness';
import { artifactsFolder } from './artifacts';
import { eventually, processesOfGroup } from './processes';

/** How a command ended. */
export interface CliResult {
  /** The exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Buffer;
  /** Processes that the command started and that were still there half a second after it had ended. */
  readonly leftBehind: readonly number[];
}

/** How a command is started. */
export interface CliOptions {
  /** What its stdin is; by default it is empty. */
  readonly input?: string | Uint8Array;
  /** Variables besides PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Groups of the commands that have not ended. */
const going = new Set<number>();

// A test that fails half-way leaves its command behind, which would keep the test runner from ending.
after(() => {
  for (const group of going) process.kill(-group, 'SIGKILL');
});

/** A command that has been started in a process group of its own. */
export class StartedCli {
  readonly child: ChildProcess;
  readonly result: Promise<CliResult>;
  stdout = '';
  stderr = '';
  readonly #bytes: Buffer[] = [];

  constructor(program: string, args: readonly string[], { input, env, cwd }: CliOptions = {}) {
    this.child = spawn(program, args, {
      detached: true,
      env: { PATH: process.env.PATH, FRESH_INSTANCE_CACHE: artifactsFolder, ...env },
      stdio: 'pipe',
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (this.child.pid !== undefined) going.add(this.child.pid);
    this.child.stdout?.on('data', (bytes: Buffer) => this.#bytes.push(bytes));
    onText(this.child.stdout, (text) => (this.stdout += text));
    onText(this.child.stderr, (text) => (this.stderr += text));
    // A guest that does not read its input leaves a broken pipe.
    this.child.stdin?.on('error', () => undefined);
    if (input !== undefined) this.child.stdin?.end(input);
    this.result = this.#ended();
  }

  get pid(): number {
    if (this.child.pid === undefined) throw new Error('The command could not be started.');
    return this.child.pid;
  }

  /** Resolves when stdout holds the text. */
  async until(text: string, withinMs = 10_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!this.stdout.includes(text)) {
      if (performance.now() > deadline || this.child.exitCode !== null)
        throw new Error(`No ${JSON.stringify(text)} in ${JSON.stringify(this.stdout + this.stderr)}`);
      await new Promise((wait) => setTimeout(wait, 5));
    }
  }

  /** Sends a signal to the command, and to what it started as a terminal does for Ctrl+C. */
  signal(name: NodeJS.Signals, to: 'command' | 'group' = 'command'): void {
    process.kill(to === 'group' ? -this.pid : this.pid, name);
  }

  async #ended(): Promise<CliResult> {
    const status = await new Promise<number | null>((resolve, reject) => {
      this.child.on('error', reject);
      this.child.on('close', resolve);
    });
    going.delete(this.pid);
    await eventually(() => processesOfGroup(this.pid).length === 0, 500);
    return {
      status,
      stdout: this.stdout,
      stderr: this.stderr,
      stdoutBytes: Buffer.concat(this.#bytes),
      leftBehind: processesOfGroup(this.pid),
    };
  }
}

/** Reads a stream as text, where characters may come in pieces. */
function onText(stream: Readable | null, take: (text: string) => void): void {
  const decoder = new StringDecoder('utf8');
  stream?.on('data', (bytes: Buffer) => {
    take(decoder.write(bytes));
  });
  stream?.on('end', () => {
    take(decoder.end());
  });
}

/** The built command line program. */
export const cliScript = join(dist, 'cli.js');

/** Starts `fresh-instance` with arguments, without waiting for its end. Its stdin stays open unless there is an `input`. */
export function startCli(args: readonly string[], options: CliOptions = {}): StartedCli {
  return new StartedCli(process.execPath, [cliScript, ...args], options);
}

/** Runs `fresh-instance` with arguments to its end. */
export async function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return await startCli(args, { input: '', ...options }).result;
}

/** Runs a fixture: `run('spin', '--timeout', '1s')`. */
export async function run(name: string, ...args: readonly string[]): Promise<CliResult> {
  return await cli(['run', fixture(name), ...args]);
}

/** Runs a line of shell in which `fresh-instance` is the program, as a user would type it. */
export async function shell(line: string, options: CliOptions = {}): Promise<CliResult> {
  const command = line.replaceAll('fresh-instance ', '"$NODE" "$CLI" ');
  return await new StartedCli('/bin/sh', ['-c', command], {
    input: '',
    ...options,
    env: { ...options.env, NODE: process.execPath, CLI: cliScript },
  }).result;
}
