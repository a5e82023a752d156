import type { RunnerProcess } from './runner-process';

/** The ends of a guest's standard streams that the engine does not hold itself. */
export interface GuestIo {
  /**
   * Takes what the guest wrote, in the order in which it wrote to both streams. A promise asks the engine to take no more from the guest
   * until it settles; a guest that goes on printing then waits.
   */
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void | Promise<void>;
  /** Whether the guest is told that its streams are a terminal. Default: if its stdin is one. */
  readonly terminal?: boolean;
}

/** The guest uses this process's own standard streams, as in a shell. */
export interface InheritedIo {
  readonly inherit: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
}

/** Hands output on and holds the runner back while the taker asks for it. */
export function deliver(
  io: GuestIo,
  runner: RunnerProcess,
): (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void {
  let waitingFor = 0;
  const settle = () => {
    waitingFor -= 1;
    if (waitingFor === 0) runner.resume();
  };
  return (stream, bytes) => {
    const taken = io.output(stream, bytes);
    if (taken === undefined) return;
    waitingFor += 1;
    runner.pause();
    taken.then(settle, settle);
  };
}
