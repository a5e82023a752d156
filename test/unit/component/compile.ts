/** Turns WebAssembly text, of a component or of a core module, into a binary. */
export async function compile(text: string): Promise<Uint8Array> {
  const { parse } = await import('@bytecodealliance/jco-transpile/wasm-tools');
  return parse(text);
}
