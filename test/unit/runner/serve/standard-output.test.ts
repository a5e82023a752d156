import assert from 'node:assert/strict';
import { OutputClosed } from '../../../../src/runner/outcome';
import { serveIo } from '../../../../src/runner/serve/io';
import { ownIoClasses } from '../../../../src/runner/wasi/io-classes';

interface OutputStream {
  write(bytes: Uint8Array): void;
  blockingWriteAndFlush(bytes: Uint8Array): Promise<void>;
}

describe('the standard output of a guest that answers requests', () => {
  it('gives a failed write to the guest as an error of the stream', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const stream = outputTo(full);
    const isForGuest = (error: unknown) => (error as { tag?: string }).tag === 'last-operation-failed';
    assert.throws(() => {
      stream.write(Uint8Array.of(1));
    }, isForGuest);
    await assert.rejects(stream.blockingWriteAndFlush(Uint8Array.of(1)), isForGuest);
  });

  it('ends the guest where the reader of its output is gone', async () => {
    const stream = outputTo(new OutputClosed());
    await assert.rejects(stream.blockingWriteAndFlush(Uint8Array.of(1)), OutputClosed);
  });
});

function outputTo(failure: Error): OutputStream {
  const io = serveIo(ownIoClasses(), undefined);
  return io.standardOutput(() => {
    throw failure;
  }) as OutputStream;
}
