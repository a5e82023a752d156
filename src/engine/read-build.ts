import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { messageOf } from '../base/error';
import { err, ok, type Result } from '../base/result';
import { summarise, type ComponentSummary } from '../component/summary';
import type { Build } from '../instance/registry';
import type { EngineError, EngineErrorCode } from './errors';

/** A component that was read and is whole as far as its outermost structure tells. */
export interface ReadBuild {
  readonly build: Build;
  readonly summary: Extract<ComponentSummary, { kind: 'component' }>;
  readonly bytes: Uint8Array;
}

/** Reads the component at a path, or says why it is none, and what to do about it. */
export async function readBuild(path: string): Promise<Result<ReadBuild, EngineError>> {
  const file = await readWhole(resolve(path));
  if (!file.ok) return file;
  const { bytes, modifiedAt } = file.value;
  const name = basename(path);
  const summary = summarise(bytes);
  if (bytes.length === 0) {
    return fail(
      'empty',
      `${name} is empty.`,
      'If a build is writing it, run it again when the build is done.',
    );
  }
  if (summary.kind === 'module') {
    return fail(
      'core-module',
      `${name} is a core WebAssembly module, not a component.`,
      'Build it for a component target, or make a component of it with `wasm-tools component new` or `jco new`.',
    );
  }
  if (summary.kind === 'invalid') {
    return startsLikeWasm(bytes)
      ? fail('invalid', `${name} is not a whole component: ${summary.message}.`, 'Build it again.')
      : fail(
          'not-wasm',
          `${name} is not a WebAssembly file.`,
          'Choose the .wasm file that your toolchain makes.',
        );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok({ build: { path: resolve(path), sha256, modifiedAt, sizeBytes: bytes.length }, summary, bytes });
}

async function readWhole(
  path: string,
): Promise<Result<{ bytes: Uint8Array; modifiedAt: number }, EngineError>> {
  const name = basename(path);
  try {
    const handle = await open(path, 'r');
    try {
      const stat = await handle.stat();
      if (stat.isDirectory())
        return fail('directory', `${name} is a directory.`, 'Choose a .wasm file in it.');
      if (stat.isCharacterDevice())
        return fail('unreadable', `${name} is a device, not a file.`, 'Choose a .wasm file.');
      return ok({ bytes: await handle.readFile(), modifiedAt: stat.mtimeMs });
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return fail('not-found', `There is no ${path}.`, 'Build it, or check the path.');
    if (code === 'EISDIR') return fail('directory', `${name} is a directory.`, 'Choose a .wasm file in it.');
    const reason = messageOf(error);
    const denied = code === 'EACCES' || code === 'EPERM';
    return fail(
      'unreadable',
      `${name} cannot be read: ${reason}.`,
      denied ? 'Check the permissions of the file.' : 'Check the path.',
    );
  }
}

function startsLikeWasm(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d;
}

function fail(code: EngineErrorCode, message: string, nextStep: string): { ok: false; error: EngineError } {
  return err({ code, message, nextStep });
}
