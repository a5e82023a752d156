import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { defined } from '../../base/defined';
import type { Profile } from '../../instance/profile';
import type { GuestIo, InheritedIo } from '../guest-io';
import { lowerPriority } from '../lower-priority';
import { LastLine } from './last-line';
import { OwnWords } from './own-words';
import type { WasmtimeProgram } from './program';
import type { Watchdog } from './watchdog';

/** How a wasmtime process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** wasmtime's own message about what went wrong; empty if there was none. */
  readonly words: string;
  /** The last line of its stdout, where a result was asked for. */
  readonly lastLine: string | null;
  /** Why the system could not start it, in the system's words. */
  readonly notSpawned?: string;
}

/** What a wasmtime process is started with. */
export interface ProcessParts {
  readonly program: WasmtimeProgram;
  /** All arguments, `run` first. */
  readonly args: readonly string[];
  /** The path of the component, as it is among the arguments. */
  readonly file: string;
  readonly profile: Profile;
  readonly io: GuestIo | InheritedIo;
  /** Whether the last line of stdout is wasmtime's, not the guest's: what a function returned. */
  readonly returns: boolean;
  readonly watchdog: Watchdog;
  readonly lowPriority: boolean;
}

/** One process of the user's wasmtime, from its start to its end. */
export class WasmtimeProcess {
  readonly #child: ChildProcess | undefined;
  readonly #words: OwnWords;
  readonly #lastLine: LastLine | undefined;
  #waitingFor = 0;
  /** Settles when the process is gone and everything that it wrote was handed over. Never rejects. */
  readonly ended: Promise<ProcessEnd>;

  constructor(parts: ProcessParts) {
    const { program, file, io, returns, watchdog } = parts;
    const write = this.#writerTo(io);
    const merged = isMerged(parts);
    this.#words = new OwnWords(file, (bytes) => {
      write(merged ? 'stdout' : 'stderr', bytes);
    });
    this.#lastLine = returns
      ? new LastLine((bytes) => {
          write('stdout', bytes);
        })
      : undefined;
    let child: ChildProcess;
    try {
      child = start(parts);
    } catch (error) {
      this.ended = Promise.resolve(this.#endOf(null, null, String(error)));
      return;
    }
    this.#child = child;
    const { pid } = child;
    if (pid !== undefined) watchdog.watch(pid);
    this.#openGate();
    if (pid !== undefined && parts.lowPriority) lowerPriority(pid);
    child.stdin?.on('error', () => undefined);
    child.stdout?.on('data', (bytes: Buffer) => {
      if (merged) this.#words.write(bytes);
      else if (this.#lastLine === undefined) write('stdout', bytes);
      else this.#lastLine.write(bytes);
    });
    child.stderr?.on('data', (bytes: Buffer) => {
      this.#words.write(bytes);
    });
    this.ended = new Promise((resolve) => {
      child.on('error', ({ message }) => {
        resolve(this.#endOf(null, null, `${program.path}: ${message}`));
      });
      child.on('exit', () => {
        if (pid !== undefined) watchdog.forget(pid);
      });
      child.on('close', (code: number | null, signal: NodeJS.Signals | null) => {
        resolve(this.#endOf(code, signal));
      });
    });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Ends the process at once. What it has written until then still arrives. May be called at any time and more than once. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Throws away what the process wrote and was not taken. */
  discard(): void {
    for (const stream of this.#child?.stdio ?? []) stream?.destroy();
  }

  writeStdin(bytes: Uint8Array): void {
    const stdin = this.#child?.stdin;
    if (stdin?.writable === true) stdin.write(bytes);
  }

  endStdin(): void {
    this.#child?.stdin?.end();
  }

  #openGate(): void {
    const gate = this.#child?.stdio[gateFd];
    if (!(gate instanceof Socket)) return;
    gate.on('error', () => undefined);
    gate.end('\n');
  }

  #endOf(code: number | null, signal: NodeJS.Signals | null, notSpawned?: string): ProcessEnd {
    const words = this.#words.end(code !== 0);
    const lastLine = this.#lastLine?.end(code === 0) ?? null;
    return { code, signal, words, lastLine, ...defined({ notSpawned }) };
  }

  /** Hands output on, and holds the process back while the user's promise asks for it. */
  #writerTo(io: GuestIo | InheritedIo): (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void {
    // Only what passes through us: the process writes the rest to our own streams itself.
    if ('inherit' in io) return (stream, bytes) => void process[stream].write(bytes);
    const settle = () => {
      this.#waitingFor -= 1;
      if (this.#waitingFor > 0) return;
      this.#child?.stdout?.resume();
      this.#child?.stderr?.resume();
    };
    return (stream, bytes) => {
      const taken = io.output(stream, bytes);
      if (taken === undefined) return;
      this.#waitingFor += 1;
      this.#child?.stdout?.pause();
      this.#child?.stderr?.pause();
      taken.then(settle, settle);
    };
  }
}

/**
 * Whether stdout and stderr share a pipe, which alone keeps their order. Not where the last line of stdout is a result, and not on Windows,
 * which has no simple way to do it.
 */
function isMerged({ io, returns }: ProcessParts): boolean {
  return !('inherit' in io) && io.samePlace === true && !returns && process.platform !== 'win32';
}

/** The descriptor on which a process waits until it is watched. */
const gateFd = 3;

/**
 * A command that becomes the program, with the same process id, when a line comes on descriptor {@link gateFd}, and ends without one: it never
 * runs unwatched, whenever we are killed. The arguments are no part of its script. Windows has no such shell.
 */
function gated(program: string, merged: boolean): [command: string, before: readonly string[]] {
  if (process.platform === 'win32') return [program, []];
  const fd = String(gateFd);
  const script = `read -r go <&${fd} && exec "$@" ${merged ? '2>&1 ' : ''}${fd}<&-`;
  return ['/bin/sh', ['-c', script, 'sh', program]];
}

function start(parts: ProcessParts): ChildProcess {
  const { program, args, profile, io, returns } = parts;
  const inherited = 'inherit' in io;
  const { stdin } = profile;
  const file = stdin.type === 'file' ? openSync(stdin.path, 'r') : undefined;
  try {
    const [command, before] = gated(program.path, isMerged(parts));
    return spawn(command, [...before, ...args], {
      env: { ...program.env },
      stdio: [
        file ?? (stdin.type === 'empty' ? 'ignore' : inherited ? 'inherit' : 'pipe'),
        inherited && !returns ? 'inherit' : 'pipe',
        'pipe',
        ...(before.length === 0 ? [] : (['pipe'] as const)),
      ],
      // Not where other people's files are: Windows looks for libraries in the working directory.
      cwd: dirname(program.path),
      windowsHide: true,
    });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
