import assert from 'node:assert/strict';
import { $init, generate } from '@bytecodealliance/jco-transpile/component';
import { withOwnFunctionNames } from '../../../../src/engine/transpiler/jco-patches/function-names';
import { compile } from '../../component/compile';

type Instantiate = (
  getCoreModule: (name: string) => WebAssembly.Module,
  imports: Readonly<Record<string, object>>,
) => Readonly<Record<string, () => unknown>>;

/** A component that exports a function of this name, which calls one of the same name that an interface provides. */
async function callThrough(name: string, patch: (source: string) => string): Promise<unknown> {
  const bytes = await compile(`(component
    (import "a:b/c" (instance $host (export "${name}" (func (result u32)))))
    (core func $lowered (canon lower (func $host "${name}")))
    (core module $m (import "" "f" (func (result i32))) (export "f" (func 0)))
    (core instance $i (instantiate $m (with "" (instance (export "f" (func $lowered))))))
    (func (export "${name}") (result u32) (canon lift (core func $i "f"))))`);
  await $init;
  const { files } = generate(bytes, {
    name: 'component',
    map: [],
    instantiation: { tag: 'sync' },
    noNodejsCompat: true,
    noTypescript: true,
  });
  const modules = new Map(
    files
      .filter(([file]) => file.endsWith('.wasm'))
      .map(([file, content]) => [file, new WebAssembly.Module(Uint8Array.from(content))]),
  );
  const source = files.find(([file]) => file.endsWith('.js'))?.[1] ?? new Uint8Array();
  const script = patch(Buffer.from(source).toString());
  const url = `data:text/javascript,${encodeURIComponent(script)}`;
  const { instantiate } = (await import(url)) as { instantiate: Instantiate };
  const key = name.replace(/-([a-z0-9])/g, (_, first: string) => first.toUpperCase());
  const exports = instantiate((file) => modules.get(file)!, {
    'a:b/c': { [key]: () => 42 },
  });
  return exports[key]?.();
}

describe('Functions of a component in the glue', () => {
  for (const name of ['arguments', 'exports0', 'module0', 'task', 'ret', 'get-current-task', 'trampoline0']) {
    it(`may be called ${name}, which jco's own code uses`, async () => {
      await assert.rejects(callThrough(name, (source) => source));
      assert.equal(await callThrough(name, (source) => withOwnFunctionNames(source, [name])), 42);
    });
  }

  it('are left as they are if their names meet no other', async () => {
    let same = false;
    const result = await callThrough('fine', (source) => {
      const renamed = withOwnFunctionNames(source, ['fine']);
      same = renamed === source;
      return renamed;
    });
    assert.deepEqual([result, same], [42, true]);
  });
});
