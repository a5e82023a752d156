import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { componentNew } from '@bytecodealliance/jco-transpile/wasm-tools';
import { messageOf } from '../../base/error';
import { addExports } from '../../component/add-exports';
import { ByteReader } from '../../component/bytes';
import { CoreModule } from '../../component/core-module';
import { factsOf } from '../../component/module-facts';
import { StartError } from '../errors';
import { manifestFormat, type Manifest } from '../manifest';
import type { AdaptRequest } from './protocol';
import { readUnchanged, sha256Of } from './read-unchanged';

/** The file that an adapted module is written to. */
const name = 'component.wasm';

/**
 * Makes a component of a core module, in a folder: with jco's adapter for WASI preview 1 where it imports that, and with its functions of
 * numbers as exports where it has no world. The caller writes the manifest. Throws a {@link StartError} for a module that cannot be adapted.
 */
export async function adaptModule({ component, sha256, folder }: AdaptRequest): Promise<Manifest> {
  const bytes = await readUnchanged(component, sha256);
  const { obstacle, form, wasi, callable } = factsOf(new CoreModule(new ByteReader(bytes), 0));
  if (obstacle !== null) throw new StartError({ code: 'not-adaptable', obstacle });
  const adapter = form === 'plain' ? null : await readAdapter(form);
  const adapters = adapter === null ? [] : wasi.map((module): [string, Uint8Array] => [module, adapter]);
  const adapted = addExports(await makeComponent(bytes, adapters), callable);
  await writeFile(join(folder, name), adapted);
  const file = { name, role: 'component', sizeBytes: adapted.length, sha256: sha256Of(adapted) } as const;
  return { format: manifestFormat, files: [file], imports: [], exports: [], async: false };
}

/** Rejects with a {@link StartError} where wasm-tools finds fault with the module. */
async function makeComponent(
  bytes: Uint8Array,
  adapters: readonly (readonly [string, Uint8Array])[],
): Promise<Uint8Array> {
  try {
    return await componentNew(
      bytes,
      adapters.map(([module, adapter]) => [module, adapter]),
    );
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    throw new StartError({ code: 'adapting-failed', words: causeIn(messageOf(error)) }, { cause: error });
  }
}

/** The innermost cause in an error of wasm-tools, without its offset: that is one in the component, which did not come about. */
function causeIn(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  const last = lines.findLast((line) => line !== '') ?? '';
  return last.replace(/^\d+: /, '').replace(/ \(at offset 0x[0-9a-f]+\)\.?$/, '');
}

/** The adapters that come with jco, which are copied beside this bundle. */
async function readAdapter(form: 'command' | 'reactor'): Promise<Uint8Array> {
  return await readFile(join(__dirname, `wasi_snapshot_preview1.${form}.wasm`));
}
