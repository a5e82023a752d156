import assert from 'node:assert/strict';
import { watCases } from '../../../scripts/corpus/wat-cases.mjs';
import { readComponent } from '../../../src/component/read-component';
import { analyseFile } from '../../../src/reuse/analyse';
import { compile } from '../component/compile';

describe("a guard's code offset", () => {
  for (const name of ['guard-flag', 'guard-callee', 'guard-loop']) {
    it(`is the one that the engine shows when the guard of ${name} traps`, async () => {
      const component = await compile(watCases[name]!.wat);
      const finding = analyseFile(component);
      assert.ok(finding.ok && finding.value.type === 'guard');
      const [start, end] = coreModuleIn(component);
      const host = { random: () => 1n, exit: () => undefined };
      const module = new WebAssembly.Module(component.slice(start, end));
      const run = new WebAssembly.Instance(module, { host }).exports.run as () => number;
      run();
      const { place } = finding.value;
      assert.throws(run, (error: Error) => {
        const where = `wasm-function[${String(place.funcIndex)}]:0x${place.offset.toString(16)}`;
        assert.ok(error.stack?.includes(where), `${where} is not in ${String(error.stack)}`);
        return true;
      });
    });
  }
});

/** Bounds of the component's core module in the file. */
function coreModuleIn(bytes: Uint8Array): readonly [start: number, end: number] {
  const component = readComponent(bytes);
  assert.ok(component.ok);
  for (const { kind, instance } of component.value.order) {
    if (kind === 'core' && instance.kind === 'instantiate' && instance.module.kind === 'module') {
      return [instance.module.module.start, instance.module.module.end];
    }
  }
  throw new Error('there is no core module');
}
