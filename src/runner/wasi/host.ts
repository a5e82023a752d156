import type { StartCommand, WireProgram } from '../../engine/wire';
import type { ExitSignal, OutputClosed } from '../outcome';
import { cliInterfaces } from './cli';
import { clocks } from './clocks';
import { deniedInterfaces } from './denied';
import { usedIoThread, type Granted } from './granted';
import { ownIoClasses } from './io-classes';
import { pollOver } from './poll';
import { alwaysReady, readyAt } from './readiness';
import { random } from './random';
import { preview3 } from './preview3';
import { sink, type Sink } from './sink';
import { emptyStdin, stdinOfDescriptor } from './stdin';
import { ownIo } from './streams';

/**
 * What one instance sees of the world. Every instance gets a host of its own, so that nothing passes from one
 * to the next.
 */
export interface Host {
  /** The import object for jco's glue: interfaces by name, without versions. */
  readonly imports: Readonly<Record<string, object>>;
  program: WireProgram;
  /** Set once the guest has ended itself, even if it caught the exception that carries this. */
  ending: ExitSignal | OutputClosed | undefined;
  /** Whether nothing that this instance opened or read ahead can reach another one in this process. */
  readonly leavesNothing: boolean;
  /** Resolves when nothing that the guest handed over is still to be written. */
  settled(): Promise<void>;
}

/**
 * Makes the host of an instance. Guests that are granted nothing but their standard streams get all of it
 * from here, with no I/O thread; for the others `granted` brings the rest.
 */
export function makeHost(start: StartCommand, granted: Granted | undefined): Host {
  const classes = granted?.classes ?? ownIoClasses();
  const io = ownIo(classes);
  const stdin = start.stdin ? stdinOfDescriptor() : emptyStdin;
  const time = clocks((instant) => io.pollable(readyAt(instant)));
  const chance = random();
  const host = {
    program: start.program,
    ending: undefined as Host['ending'],
    get leavesNothing() {
      return !stdin.readAhead && !usedIoThread() && !start.artifact.async;
    },
  };
  const sinkOf = (stream: 'stdout' | 'stderr'): Sink =>
    sink(start.output, stream, (signal) => {
      host.ending ??= signal;
    });
  const stdout = sinkOf('stdout');
  const stderr = sinkOf('stderr');
  const cli = cliInterfaces({
    program: () => host.program,
    streams: {
      stdin: () => io.inputStream(stdin),
      stdout: () => io.outputStream(stdout),
      stderr: () => io.outputStream(stderr),
    },
    terminals: start.terminals,
    onExit: (signal) => {
      host.ending ??= signal;
    },
  });
  const p2: Record<string, object> = {
    ...cli,
    'wasi:random/random': chance.random,
    'wasi:random/insecure': chance.insecure,
    'wasi:random/insecure-seed': chance.insecureSeed,
  };
  const p3 = start.artifact.async ? preview3({ stdin: start.stdin, stdout, stderr, p2 }) : undefined;
  const imports: Record<string, object> = {
    ...deniedInterfaces(() => io.pollable(alwaysReady)),
    ...granted?.interfaces,
    ...p2,
    ...p3?.interfaces,
    'wasi:io/error': { Error: classes.IoError },
    'wasi:io/streams': { InputStream: classes.InputStream, OutputStream: classes.OutputStream },
    'wasi:io/poll': { Pollable: classes.Pollable, poll: pollOver(io, granted) },
    'wasi:clocks/monotonic-clock': time.monotonicClock,
    'wasi:clocks/wall-clock': time.wallClock,
  };
  return Object.assign(host, { imports, settled: async () => p3?.settled() });
}
