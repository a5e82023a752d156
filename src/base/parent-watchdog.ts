import { Worker } from 'node:worker_threads';

/**
 * Ties this process's life to its owner's: a thread of its own waits for the end of a pipe whose other end the owner holds, and then
 * kills the process, even if its main thread is busy. That works even where the owner was killed by SIGKILL.
 * @param fd of the pipe, on which nothing is ever written
 * @param folder of the owner's on disk, to be removed with it
 */
export function holdLease(fd: number, folder?: string): void {
  const watch = `
    const { readSync, rmSync } = require('node:fs');
    const bytes = Buffer.alloc(1);
    try { while (readSync(${String(fd)}, bytes) > 0); } catch {}
    const folder = ${JSON.stringify(folder ?? '')};
    // Other processes remove the same folder at the same time, and each other's files.
    for (let times = 0; folder !== '' && times < 10; times++) {
      try { rmSync(folder, { recursive: true, force: true }); break; } catch {}
    }
    process.kill(process.pid, 'SIGKILL');`;
  const worker = new Worker(watch, {
    eval: true,
    env: {},
    stdin: false,
    // Not its code range: a small one saves no memory, and V8 then takes 10 ms more to start the thread.
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  worker.unref();
}
