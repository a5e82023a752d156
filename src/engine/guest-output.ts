import type { GuestIo, InheritedIo } from './guest-io';
import type { RunnerProcess } from './runner-process';

/** How much a standby may print before it is handed out; more waits in its pipe. */
const mostHeldBytes = 65_536;

type Stream = 'stdout' | 'stderr';

/** Where the output of an instance goes: to its user or, until it has one, into memory. */
export class GuestOutput {
  readonly #runner: Pick<RunnerProcess, 'pause' | 'resume'>;
  #write: (stream: Stream, bytes: Uint8Array) => void;
  #held: { readonly stream: Stream; readonly bytes: Uint8Array }[] = [];

  /** @param io undefined for a standby, which gets it from {@link adopt} */
  constructor(runner: Pick<RunnerProcess, 'pause' | 'resume'>, io: GuestIo | InheritedIo | undefined) {
    this.#runner = runner;
    this.#write = io === undefined ? this.#hold() : writerTo(io, runner);
  }

  write(stream: Stream, bytes: Uint8Array): void {
    this.#write(stream, bytes);
  }

  /** Sends what was held, and all that follows, to a user. */
  adopt(io: GuestIo | InheritedIo): void {
    const held = this.#held;
    this.#held = [];
    this.#write = writerTo(io, this.#runner);
    this.#runner.resume();
    for (const { stream, bytes } of held) this.#write(stream, bytes);
  }

  #hold(): (stream: Stream, bytes: Uint8Array) => void {
    let heldBytes = 0;
    return (stream, bytes) => {
      this.#held.push({ stream, bytes });
      heldBytes += bytes.length;
      if (heldBytes > mostHeldBytes) this.#runner.pause();
    };
  }
}

/** Hands output on, and holds the runner back while the user's promise asks for it. */
function writerTo(
  io: GuestIo | InheritedIo,
  runner: Pick<RunnerProcess, 'pause' | 'resume'>,
): (stream: Stream, bytes: Uint8Array) => void {
  if ('inherit' in io) return () => undefined;
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
