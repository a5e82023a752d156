import { defined } from '../base/defined';
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { asError } from '../base/error';
import { FrameReader, type FrameSink } from './frames';
import { lowerPriority } from './lower-priority';
import type { NodeProgram } from './transpiler-client';
import { parseReport, wireFds, type Command, type Report } from './wire';
import { encodeValue } from './wire-values';

/** How a runner's process ended. */
export interface ExitInfo {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what the process itself wrote to its stderr: V8's words when it gives up, for one. */
  readonly lastWords: string;
  /** Why it was killed, where what it sent could not be taken. */
  readonly broken?: string;
}

/** How a process ended that was not stopped, with its last words where it had any. */
export function describeExit({ code, signal, lastWords, broken }: ExitInfo): string {
  if (broken !== undefined) return `it sent an invalid message: ${broken}`;
  const how = signal === null ? `exit status ${String(code)}` : `killed by ${signal}`;
  const words = lastWords.split('\n').find((line) => /FATAL|Error|error/.test(line));
  return words === undefined ? how : `${how}: ${words.trim()}`;
}

/**
 * Where the runner's descriptors 0 to 2 lead: to the engine, which carries the guest's streams, with stdin
 * from a file in its place or from nowhere; or to this process's own streams, for guests in a shell.
 */
export type RunnerStdio =
  | { readonly type: 'piped'; readonly stdin: 'pipe' | 'empty' | { readonly file: string } }
  | { readonly type: 'inherit' };

/** The process that a runner is: its standard streams and Node's arguments. */
export interface RunnerShape {
  readonly stdio: RunnerStdio;
  readonly nodeArgs: readonly string[];
}

/** How a runner is started. */
export interface RunnerOptions extends RunnerShape {
  readonly script: string;
  readonly node: NodeProgram;
  /** Whether the guest gives way to other processes, such as the editor. */
  readonly lowPriority: boolean;
}

const lastWordsBytes = 4096;

/** A handle on one process that runs guests: it is sent commands, its frames go to a sink, it ends once. */
export class GuestProcess<C, R> {
  readonly #child: ChildProcess;
  readonly #control: Duplex;
  readonly #frames: Duplex;
  #sink: FrameSink<R> | undefined;
  #lastWords = Buffer.alloc(0);
  #stdinUsed: boolean;
  #alive = true;
  #broken: string | undefined;
  /** Settles when the process is gone and everything that it wrote has been handed to the sink. Never rejects. */
  readonly exited: Promise<ExitInfo>;

  /** @param parse checks what the process reported; throws WireError */
  constructor(options: RunnerOptions, parse: (value: unknown) => R, onBroken: (error: Error) => void) {
    const { stdio } = options;
    const stdin = openStdin(stdio);
    this.#child = spawn(options.node.execPath, [...options.nodeArgs, options.script], {
      env: { ...options.node.env },
      stdio:
        stdio.type === 'inherit'
          ? ['inherit', 'inherit', 'inherit', 'pipe', 'pipe', 'pipe']
          : [stdin, 'ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    if (typeof stdin === 'number') closeSync(stdin);
    this.#stdinUsed = typeof stdin === 'number';
    this.#control = this.#pipe(wireFds.control);
    this.#frames = this.#pipe(wireFds.frames);
    // Held and never written to: its end tells the runner that this process has ended.
    this.#pipe(wireFds.lease);
    this.#child.stdin?.on('error', ignoreBrokenPipe);
    const reader = new FrameReader<R>(
      {
        output: (stream, bytes) => this.#sink?.output(stream, bytes),
        report: (report, sizeBytes) => this.#sink?.report(report, sizeBytes),
      },
      parse,
    );
    this.#frames.on('data', (chunk: Buffer) => {
      try {
        reader.read(chunk);
      } catch (caught) {
        const error = asError(caught);
        // What follows has no meaning any more.
        this.#frames.destroy();
        this.kill();
        this.#broken ??= error.message;
        onBroken(error);
      }
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = Buffer.concat([this.#lastWords, chunk]).subarray(-lastWordsBytes);
    });
    void this.#when('exit').then(() => {
      this.#alive = false;
    });
    this.exited = this.#when('close');
    if (options.lowPriority && this.#child.pid !== undefined) lowerPriority(this.#child.pid);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Whether the process has not ended yet, as far as is known. */
  get alive(): boolean {
    return this.#alive;
  }

  /** Whether something was put into the guest's stdin, which another guest would find there. */
  get stdinUsed(): boolean {
    return this.#stdinUsed;
  }

  /** Sets where output and reports go from now on. Before the first call they are lost. */
  attach(sink: FrameSink<R>): void {
    this.#sink = sink;
  }

  send(command: C): void {
    const body = encodeValue(command);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(body.length);
    this.#control.write(Buffer.concat([head, body]));
  }

  /** Stops reading the runner's pipe, so that a guest that prints waits once the pipe is full. */
  pause(): void {
    this.#frames.pause();
  }

  resume(): void {
    this.#frames.resume();
  }

  writeStdin(bytes: Uint8Array): void {
    this.#stdinUsed = true;
    if (this.#child.stdin?.writable === true) this.#child.stdin.write(bytes);
  }

  endStdin(): void {
    this.#stdinUsed = true;
    this.#child.stdin?.end();
  }

  /**
   * Ends the process at once. What it has written until then still arrives. May be called at any time and
   * more than once.
   */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Throws away what the process wrote and was not taken. */
  discard(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  /** Lets the parent end while this runner waits for its use. */
  unref(): void {
    this.#child.unref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.unref();
  }

  /** The parent stays alive while this runner works. */
  ref(): void {
    this.#child.ref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.ref();
  }

  #pipe(fd: number): Duplex {
    const stream = this.#child.stdio[fd];
    if (stream === null || stream === undefined)
      throw new Error(`The runner was started without descriptor ${String(fd)}.`);
    stream.on('error', ignoreBrokenPipe);
    // Node makes a socket, readable and writable, of every extra pipe, whatever its declared type.
    return stream as Duplex;
  }

  #when(event: 'exit' | 'close'): Promise<ExitInfo> {
    return new Promise((resolve) => {
      this.#child.on('error', ({ message }) => {
        resolve({ code: null, signal: null, lastWords: message });
      });
      this.#child.on(event, (code: number | null, signal: NodeJS.Signals | null) => {
        const lastWords = this.#lastWords.toString('utf8').trim();
        resolve({ code, signal, lastWords, ...defined({ broken: this.#broken }) });
      });
    });
  }
}

/** A runner of the ordinary kind: one instance, which is called. */
export class RunnerProcess extends GuestProcess<Command, Report> {
  constructor(options: RunnerOptions, onBroken: (error: Error) => void) {
    super(options, parseReport, onBroken);
  }
}

/**
 * What is spawned as descriptor 0; a number is an open file, which the caller closes. Throws if the file
 * cannot be read.
 */
function openStdin(stdio: RunnerStdio): 'pipe' | 'ignore' | number {
  if (stdio.type === 'inherit' || stdio.stdin === 'empty') return 'ignore';
  return stdio.stdin === 'pipe' ? 'pipe' : openSync(stdio.stdin.file, 'r');
}

function ignoreBrokenPipe(): void {
  // The other end is gone; that the process ended is told by its exit.
}
