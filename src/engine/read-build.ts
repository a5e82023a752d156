import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageOf } from '../base/error';
import { err, ok, type Result } from '../base/result';
import { readRunnable } from '../component/read-runnable';
import { summarise, summaryOf, type ComponentSummary } from '../component/summary';
import type { Build } from '../instance/registry';
import type { EngineError } from './errors';

/** A component, or a core module that can be adapted, that was read and is whole as far as its outermost structure tells. */
export interface ReadBuild {
  readonly build: Build;
  readonly summary: Extract<ComponentSummary, { kind: 'component' }>;
  readonly bytes: Uint8Array;
}

/** Reads the component, or core module, at a path, or says why it cannot be run. */
export async function readBuild(path: string): Promise<Result<ReadBuild, EngineError>> {
  const file = await readWhole(resolve(path));
  if (!file.ok) return file;
  const { bytes } = file.value;
  if (bytes.length === 0) return err({ code: 'empty', path });
  const summary = summarise(bytes);
  if (summary.kind === 'module') return readModule(path, file.value, summary);
  if (summary.kind === 'wit') return err({ code: 'wit-package', path });
  if (summary.kind === 'invalid')
    return err(
      startsLikeWasm(bytes)
        ? { code: 'invalid', path, problem: summary.problem }
        : { code: 'not-wasm', path },
    );
  return ok({ build: buildOf(path, file.value), summary, bytes });
}

/** A core module that can be adapted is told as the component that is made of it. */
function readModule(
  path: string,
  file: WholeFile,
  summary: Extract<ComponentSummary, { kind: 'module' }>,
): Result<ReadBuild, EngineError> {
  const { facts, producers, hasDebugInfo } = summary;
  if (facts.obstacle !== null) return err({ code: 'core-module', path, facts });
  const { bytes } = file;
  const component = readRunnable(bytes);
  if (!component.ok) return err({ code: 'invalid', path, problem: component.error.problem });
  const build = { ...buildOf(path, file), adapted: facts.form };
  return ok({ build, summary: summaryOf(component.value, { producers, hasDebugInfo }), bytes });
}

function buildOf(path: string, { bytes, modifiedAt }: WholeFile): Build {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: resolve(path), sha256, modifiedAt, sizeBytes: bytes.length };
}

/** All bytes of a file. */
export interface WholeFile {
  readonly bytes: Uint8Array;
  /** In ms since the epoch. */
  readonly modifiedAt: number;
}

/** Reads all bytes of a file, or says why they cannot be read. */
export async function readWhole(path: string): Promise<Result<WholeFile, EngineError>> {
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
