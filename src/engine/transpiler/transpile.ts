import { StartError } from '../errors';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
// The transpiler alone: the package's main module would load wasm-tools with it, which takes as long again.
import { $init, generate } from '@bytecodealliance/jco-transpile/component';
import { readExportedFunctions, type ExportedFunction } from '../../component/exported-functions';
import { acceptsSeveralMemories, readUnsupported } from '../../component/unsupported';
import { summarise, type ComponentSummary } from '../../component/summary';
import { isWasi03, isWasiImport, parseInterfaceName } from '../../component/wasi';
import { guardGrowth } from '../grow-guard';
import { manifestFormat, type Manifest, type ManifestFile } from '../manifest';
import type { TranspileRequest } from './protocol';
import { underUsualFlags } from './flags';
import { withOwnFunctionNames } from './jco-patches/function-names';
import { patchGlue } from './jco-patches/patch-glue';
import { readUnchanged, sha256Of } from './read-unchanged';
import { moduleToScript } from './script';
import { rejectUnsafeNames } from './reject-unsafe-names';

const noWaitingCalls = { imports: [], exports: [] };

/** The functions of WASI 0.2 that may wait while a handler of HTTP requests is called. jco leaves versions out. */
const waitingCalls = {
  imports: [
    'wasi:io/poll#poll',
    'wasi:io/poll#[method]pollable.block',
    'wasi:io/streams#[method]input-stream.blocking-read',
    'wasi:io/streams#[method]input-stream.blocking-skip',
    'wasi:io/streams#[method]output-stream.blocking-flush',
    'wasi:io/streams#[method]output-stream.blocking-write-and-flush',
    'wasi:io/streams#[method]output-stream.blocking-write-zeroes-and-flush',
    'wasi:io/streams#[method]output-stream.blocking-splice',
  ],
  exports: ['wasi:http/incoming-handler#handle'],
};

/**
 * Transpiles a component into a folder: the glue as a script, V8's code cache for it, the core modules. The
 * caller writes the manifest.
 */
export async function transpileComponent(request: TranspileRequest): Promise<Manifest> {
  const bytes = await readUnchanged(request.component, request.sha256);
  rejectUnsafeNames(bytes);
  const read = readExportedFunctions(bytes);
  const exported = read.ok ? read.value : [];
  rejectCapitals(exported);
  const found = readUnsupported(bytes);
  if (found.length > 0) throw new StartError({ code: 'unsupported', found });
  const summary = summarise(bytes);
  const async = request.serve || usesWasi03(summary) || exported.some(({ type }) => type?.async === true);
  await $init;
  const { files, imports, exports } = generate(bytes, {
    name: 'component',
    map: mapsOf(summary),
    instantiation: { tag: 'sync' },
    // Without JSPI a synchronous call that waits for an asynchronous one of another component fails with a
    // SuspendError.
    ...(async ? { asyncMode: { tag: 'jspi', val: request.serve ? waitingCalls : noWaitingCalls } } : {}),
    // Error results arrive as ComponentError, so that they can be told from traps.
    noComponentErrorWrapping: false,
    base64Cutoff: 0,
    noNodejsCompat: true,
    noTypescript: true,
    multiMemory: acceptsSeveralMemories(),
  });
  const written: ManifestFile[] = [];
  const write = async (name: string, role: ManifestFile['role'], content: Uint8Array) => {
    await writeFile(join(request.folder, name), content);
    written.push({ name, role, sizeBytes: content.length, sha256: sha256Of(content) });
  };
  for (const [name, content] of files) {
    if (name.endsWith('.wasm')) {
      const guarded = request.limitMemory ? guardGrowth(content) : null;
      await write(name, 'core', guarded ?? content);
      if (guarded !== null) await write(`original-${name}`, 'original', content);
    }
    if (name.endsWith('.js')) {
      const source = withOwnFunctionNames(
        Buffer.from(content).toString('utf8'),
        exported.map(({ func }) => func),
      );
      const script = moduleToScript(patchGlue(source));
      await write('glue.js', 'glue', Buffer.from(script));
      await write('glue.cache', 'code-cache', codeCacheOf(script));
    }
  }
  return {
    format: manifestFormat,
    files: written,
    imports,
    exports: exports.map(([name]) => name),
    async,
  };
}

/** Throws for functions whose names have capital letters, at which jco 1.35 fails. */
function rejectCapitals(exported: readonly ExportedFunction[]): void {
  const found = exported.find(({ func }) => /[A-Z]/.test(func));
  if (found !== undefined) throw new StartError({ code: 'capital-letters', func: found.func });
}

/**
 * V8's code cache with every function of a script compiled. It is made under the flags that a runner has when
 * it reads it.
 */
function codeCacheOf(source: string): Uint8Array {
  setFlagsFromString('--no-lazy');
  try {
    const script = new Script(source, { filename: 'component.js' });
    setFlagsFromString('--lazy');
    return underUsualFlags(() => script.createCachedData());
  } finally {
    setFlagsFromString('--lazy');
  }
}

/**
 * Asks the glue for interfaces of 0.3 under names of their own, and for those that are not WASI's under their
 * whole names. Without that all versions of an interface would go by one name, since jco leaves versions out.
 */
function mapsOf(summary: ComponentSummary): [string, string][] {
  if (summary.kind !== 'component') return [];
  const maps = new Map<string, string>();
  for (const name of summary.imports) {
    const parts = parseInterfaceName(name);
    if (parts === null || parts.version === '') continue;
    if (!isWasiImport(name)) maps.set(name, name);
    else if (isWasi03(name)) maps.set(`wasi:${parts.package}/*@${parts.version}`, `wasi3:${parts.package}/*`);
  }
  return [...maps];
}

/** Whether a component is of WASI 0.3 in any part. */
function usesWasi03(summary: ComponentSummary): boolean {
  if (summary.kind !== 'component') return false;
  return [...summary.imports, ...summary.exports.map(({ name }) => name)].some(isWasi03);
}
