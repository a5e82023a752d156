import type { WireProgram, WireTerminals } from '../../engine/wire';
import { ExitSignal } from '../outcome';
import { resourceClass } from './io-classes';

/** What wasi:cli is made of. */
export interface CliParts {
  /** Called each time, since a standby gets its arguments late. */
  program(): WireProgram;
  /** Makes the standard streams, each at most once. */
  readonly streams: { stdin(): object; stdout(): object; stderr(): object };
  readonly terminals: WireTerminals;
  /** Called at the guest's exit, which also travels as an exception that a guest could catch. */
  onExit(signal: ExitSignal): void;
}

/** wasi:cli 0.2 by interface name. */
export function cliInterfaces(parts: CliParts): Record<string, object> {
  const { streams } = parts;
  const TerminalInput = resourceClass();
  const TerminalOutput = resourceClass();
  const exit = (code: number) => {
    const signal = new ExitSignal(code);
    parts.onExit(signal);
    throw signal;
  };
  // One resource for each stream and instance, made when first asked for: the glue keeps track of resources
  // by identity.
  const stdin = once(() => streams.stdin());
  const stdout = once(() => streams.stdout());
  const stderr = once(() => streams.stderr());
  return {
    'wasi:cli/environment': {
      getEnvironment: () => parts.program().env.map(([name, value]) => [name, value]),
      getArguments: () => [...parts.program().argv],
      initialCwd: () => undefined,
    },
    'wasi:cli/exit': {
      exit: (status: { tag: string }) => exit(status.tag === 'ok' ? 0 : 1),
      exitWithCode: exit,
    },
    'wasi:cli/stdin': { getStdin: stdin },
    'wasi:cli/stdout': { getStdout: stdout },
    'wasi:cli/stderr': { getStderr: stderr },
    'wasi:cli/terminal-input': { TerminalInput },
    'wasi:cli/terminal-output': { TerminalOutput },
    'wasi:cli/terminal-stdin': {
      getTerminalStdin: () => (parts.terminals.stdin ? new TerminalInput() : undefined),
    },
    'wasi:cli/terminal-stdout': {
      getTerminalStdout: () => (parts.terminals.stdout ? new TerminalOutput() : undefined),
    },
    'wasi:cli/terminal-stderr': {
      getTerminalStderr: () => (parts.terminals.stderr ? new TerminalOutput() : undefined),
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
