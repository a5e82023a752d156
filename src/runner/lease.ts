import { Worker } from 'node:worker_threads';
import { wireFds } from '../engine/wire';

/**
 * Ties this process's life to the engine's: a thread of its own waits for the end of a pipe whose other end the engine holds, and then
 * kills the process, whatever the guest is doing. That works even where the engine was killed by SIGKILL, and takes no part in the guest's thread.
 */
export function holdLease(): void {
  const watch = `
    const { readSync } = require('node:fs');
    const bytes = Buffer.alloc(1);
    try { while (readSync(${String(wireFds.lease)}, bytes) > 0); } catch {}
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
