import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../base/error';
import { err, ok, type Result } from '../base/result';
import { summarise, type ComponentSummary } from '../component/summary';
import type { Build } from '../instance/registry';
import type { EngineError } from './errors';

/** A component that was read and is whole as far as its outermost structure tells. */
export interface ReadBuild {
  readonly build: Build;
  readonly summary: Extract<ComponentSummary, { kind: 'component' }>;
  readonly bytes: Uint8Array;
}

/** Reads the component at a path, or says why it is none. */
export async function readBuild(path: string): Promise<Result<ReadBuild, EngineError>> {
  const file = await readWhole(resolve(path));
  if (!file.ok) return file;
  const { bytes, modifiedAt } = file.value;
  if (bytes.length === 0) return err({ code: 'empty', path });
  const summary = summarise(bytes);
  if (summary.kind === 'module') return err({ code: 'core-module', path, facts: summary.facts });
  if (summary.kind === 'wit') return err({ code: 'wit-package', path });
  if (summary.kind === 'invalid')
    return err(
      startsLikeWasm(bytes)
        ? { code: 'invalid', path, problem: summary.problem }
        : { code: 'not-wasm', path },
    );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok({ build: { path: resolve(path), sha256, modifiedAt, sizeBytes: bytes.length }, summary, bytes });
}

async function readWhole(
  path: string,
): Promise<Result<{ bytes: Uint8Array; modifiedAt: number }, EngineError>> {
  try {
    const handle = await open(path, 'r');
    try {
      const stat = await handle.stat();
      if (stat.isDirectory()) return err({ code: 'directory', path });
      if (stat.isCharacterDevice()) return err({ code: 'device', path });
      return ok({ bytes: await handle.readFile(), modifiedAt: stat.mtimeMs });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return err({ code: 'not-found', path });
    if (code === 'EISDIR') return err({ code: 'directory', path });
    return err({
      code: 'unreadable',
      path,
      words: messageOf(error),
      denied: code === 'EACCES' || code === 'EPERM',
    });
  }
}

function startsLikeWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}
