import { frameKind, type StartCommand } from '../../engine/wire';
import { OutputClosed } from '../outcome';
import { writeAll, writeFrame } from '../pipes';
import type { IoClasses } from './io-classes';

/** Takes bytes that the guest wrote; returns when they are handed over. Throws if their reader is gone. */
export type Sink = (bytes: Uint8Array) => void;

/**
 * Makes the sink for one of the guest's standard streams.
 * @param onClosed called when the reader of the stream is gone
 */
export function sink(
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

/** Makes what writes to a sink for WASI 0.2. A full disk, for one, is the guest's to handle: an error of its write, not a trap. */
export function writerFor(classes: IoClasses): (sink: Sink, bytes: Uint8Array) => void {
  return (sink, bytes) => {
    try {
      sink(bytes);
    } catch (error) {
      if (error instanceof OutputClosed) throw error;
      throw { tag: 'last-operation-failed', val: new classes.IoError(error) } as unknown as Error;
    }
  };
}
