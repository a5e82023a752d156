import { readFile } from 'node:fs/promises';
import { componentWit } from '@bytecodealliance/jco-transpile/wasm-tools';

/** A component's world, with the interfaces that it mentions, as WIT text. Rejects with wasm-tools' own words. */
export async function interfaceText(component: string): Promise<string> {
  return await componentWit(await readFile(component));
}
