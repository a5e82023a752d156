import { readFile } from 'node:fs/promises';
import { printWitPackage } from '../../component/wit-package';
import { componentWit } from '@bytecodealliance/jco-transpile/wasm-tools';

/**
 * A component's world, with the interfaces that it mentions, as WIT text; of a WIT package, which wasm-tools fails at, its interfaces and
 * worlds. Rejects with wasm-tools' own words.
 */
export async function interfaceText(component: string): Promise<string> {
  const bytes = await readFile(component);
  return printWitPackage(bytes) ?? (await componentWit(bytes));
}
