import type { Command, WireProgram } from '../../engine/wire';
import { frameKind } from '../../engine/wire';
import { OutputClosed, type ExitSignal } from '../outcome';
import { writeAll, writeFrame } from '../pipes';
import { cliInterfaces } from './cli';
import { deniedInterfaces } from './denied';
import { ownIoClasses } from './io-classes';
import { random } from './random';
import { waitForAny } from './readiness';
import { emptyStdin, stdinOfDescriptor } from './stdin';
import { clocks, ownIo, type Sink } from './streams';

/** What one instance sees of the world. Every instance gets a host of its own, so that nothing passes from one to the next. */
export interface Host {
  /** The import object for jco's glue: interfaces by name, without versions. */
  readonly imports: Readonly<Record<string, object>>;
  program: WireProgram;
  /** Set once the guest has ended itself, even if it caught the exception that carries this. */
  ending: ExitSignal | OutputClosed | undefined;
  /** Whether nothing that this instance opened or read ahead can reach another one in this process. */
  readonly leavesNothing: boolean;
}

export type StartCommand = Extract<Command, { type: 'start' }>;

/** The host for guests that are granted nothing but their standard streams: all of it here, with no I/O thread. */
export function bareHost(start: StartCommand): Host {
  const classes = ownIoClasses();
  const io = ownIo(classes);
  const stdin = start.stdin ? stdinOfDescriptor() : emptyStdin;
  const time = clocks(io);
  const chance = random();
  const host = {
    program: start.program,
    ending: undefined as Host['ending'],
    get leavesNothing() {
      return !stdin.readAhead;
    },
  };
  const sinkOf = (stream: 'stdout' | 'stderr'): Sink =>
    sink(start.output, stream, (signal) => {
      host.ending ??= signal;
    });
  const imports: Record<string, object> = {
    ...deniedInterfaces,
    ...cliInterfaces({
      program: () => host.program,
      io,
      stdin,
      stdout: sinkOf('stdout'),
      stderr: sinkOf('stderr'),
      terminals: start.terminals,
      onExit: (signal) => {
        host.ending ??= signal;
      },
    }),
    'wasi:io/error': { Error: classes.IoError },
    'wasi:io/streams': { InputStream: classes.InputStream, OutputStream: classes.OutputStream },
    'wasi:io/poll': {
      Pollable: classes.Pollable,
      poll: (pollables: readonly object[]) =>
        waitForAny(
          pollables.map((pollable) => {
            const readiness = io.readinessOf(pollable);
            if (readiness === undefined) throw new TypeError('a pollable of another host');
            return readiness;
          }),
        ),
    },
    'wasi:clocks/monotonic-clock': time.monotonicClock,
    'wasi:clocks/wall-clock': time.wallClock,
    'wasi:random/random': chance.random,
    'wasi:random/insecure': chance.insecure,
    'wasi:random/insecure-seed': chance.insecureSeed,
  };
  return Object.assign(host, { imports });
}

function sink(
  output: StartCommand['output'],
  stream: 'stdout' | 'stderr',
  onClosed: (signal: OutputClosed) => void,
): Sink {
  const write: Sink =
    output === 'framed'
      ? (bytes) => {
          if (bytes.length > 0) writeFrame(frameKind[stream], bytes);
        }
      : (bytes) => {
          writeAll(stream === 'stdout' ? 1 : 2, bytes);
        };
  return (bytes) => {
    try {
      write(bytes);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EOF')))
        throw error;
      const signal = new OutputClosed();
      onClosed(signal);
      throw signal;
    }
  };
}
