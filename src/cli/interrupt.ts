import { status } from './status';

/** What Ctrl+C and SIGTERM do to a command that has begun its work. */
export interface Interrupts {
  /** Aborted by the first of them, so that the command ends what it does in order. */
  readonly signal: AbortSignal;
  /** Nothing is left to be ended in order. Ends the process if there was a signal, with output that is not taken; otherwise the next one will. */
  dispose(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Listens for Ctrl+C and SIGTERM. A second one ends this process at once, whatever it waits for: a write that is not read, a file that does not answer.
 * @param work ends every process that was started before it waits for anything
 */
export function listenForInterrupts(work: { shutdown(): Promise<void> }): Interrupts {
  const abort = new AbortController();
  const onSignal = () => {
    if (!abort.signal.aborted) {
      abort.abort();
      return;
    }
    void work.shutdown();
    dispose();
    endAtOnce();
  };
  const dispose = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const end = () => {
    dispose();
    if (abort.signal.aborted) process.exit(status.interrupted);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return { signal: abort.signal, dispose: end };
}

/** Node's own way to exit waits for file operations, which may never end. Shells tell 130 for a process that this signal has ended. */
function endAtOnce(): void {
  if (process.platform === 'win32') process.exit(status.interrupted);
  process.kill(process.pid, 'SIGINT');
}
