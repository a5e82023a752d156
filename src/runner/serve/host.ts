import type { StartCommand } from '../../engine/wire';
import type { ExitSignal, OutputClosed } from '../outcome';
import { cliInterfaces } from '../wasi/cli';
import { deniedInterfaces } from '../wasi/denied';
import { loadShim, type Granted } from '../wasi/granted';
import { ownIoClasses } from '../wasi/io-classes';
import { preview3 } from '../wasi/preview3';
import { random } from '../wasi/random';
import { sink } from '../wasi/sink';
import { client2 } from './client2';
import { noBytes, serveIo } from './io';
import { http2, type Http2 } from './types2';
import { http3 } from './types3';
import { alwaysReady } from './waitable';

/** What the instances of a runner that serves have in common: the classes of their resources, and what is granted. */
export interface ServeHost {
  readonly http2: Http2;
  /** What one instance sees of the world. */
  instanceHost(): InstanceHost;
}

/** What one instance sees of the world. */
export interface InstanceHost {
  readonly imports: Readonly<Record<string, object>>;
  /** Set once the guest has ended itself, even if it caught the exception that carries this. */
  ending: ExitSignal | OutputClosed | undefined;
}

/**
 * Makes the host of a runner.
 * @param modules what stands in for imports, by interface
 */
export function serveHost(start: StartCommand, modules: Readonly<Record<string, object>>): ServeHost {
  const { grants } = start;
  const granted: Granted | undefined =
    grants.dirs.length > 0 || grants.network ? loadShim(grants) : undefined;
  const classes = granted?.classes ?? ownIoClasses();
  const io = serveIo(classes, granted);
  const types2 = http2(io, classes);
  const client = client2(io, types2, grants.network);
  const shared: Readonly<Record<string, object>> = {
    ...deniedInterfaces(() => io.pollable(alwaysReady)),
    ...granted?.interfaces,
    ...io.interfaces,
    'wasi:http/types': { ...types2.interface, ...client.types },
    'wasi:http/outgoing-handler': client.handler,
    ...http3(grants.network),
  };
  return {
    http2: types2,
    instanceHost: () => {
      const host: { ending: InstanceHost['ending'] } = { ending: undefined };
      const end = (signal: ExitSignal | OutputClosed) => {
        host.ending ??= signal;
      };
      const stdout = sink(start.output, 'stdout', end);
      const stderr = sink(start.output, 'stderr', end);
      const chance = random();
      const cli = {
        ...cliInterfaces({
          program: () => start.program,
          streams: {
            stdin: () => io.inputStream(noBytes),
            stdout: () => io.standardOutput(stdout),
            stderr: () => io.standardOutput(stderr),
          },
          terminals: start.terminals,
          onExit: end,
        }),
        'wasi:random/random': chance.random,
        'wasi:random/insecure': chance.insecure,
        'wasi:random/insecure-seed': chance.insecureSeed,
      };
      const p3 = preview3({ stdin: false, stdout, stderr, p2: cli });
      return Object.assign(host, { imports: { ...shared, ...cli, ...p3.interfaces, ...modules } });
    },
  };
}
