import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import { patchResourceDrop } from '../../../../src/engine/transpiler/jco-patches/resource-drop';

/** What jco 1.35 writes for a function that returns a list of resources, with what it is about as parameters. */
const glue = `(function (handles, symbolDispose, symbolRscHandle, rscTableRemove, finalizationRegistry7, handleTable7, emptyFunc) {
  var result3 = [];
  for (let i = 0; i < handles.length; i++) {
    var handle2 = handles[i];
    var rsc1 = {};
    Object.defineProperty(rsc1, symbolRscHandle, { writable: true, value: handle2});
    Object.defineProperty(rsc1, symbolDispose, { writable: true, value: function () {
      finalizationRegistry7.unregister(rsc1);
      const handleEntry = rscTableRemove(handleTable7, handle2);
      rsc1[symbolDispose] = emptyFunc;
      rsc1[symbolRscHandle] = undefined;
      handleTable7.destroyed.push(handleEntry.rep);
    }});
    result3.push(rsc1);
  }
  return result3;
})`;

describe('resources that a list holds', () => {
  it('drop themselves, and no other', () => {
    assert.deepEqual(droppedBy(glue), [3, 3]);
    assert.deepEqual(droppedBy(patchResourceDrop(glue)), [1, 2]);
  });

  it('are refused where jco writes the drop in another way', () => {
    assert.equal(patchResourceDrop('no resources'), 'no resources');
    assert.throws(
      () => patchResourceDrop(glue.replace('unregister(rsc1)', 'unregister(handle2)')),
      /unexpected way/,
    );
  });
});

/** What is destroyed when the first and the second of three resources are dropped. */
function droppedBy(source: string): readonly unknown[] {
  const destroyed: unknown[] = [];
  const make = runInThisContext(source) as (...parts: readonly unknown[]) => { drop(): void }[];
  const resources = make(
    [1, 2, 3],
    'drop',
    'handle',
    (_table: unknown, handle: unknown) => ({ rep: handle }),
    { unregister: () => undefined },
    { destroyed },
    () => undefined,
  );
  resources[0]?.drop();
  resources[1]?.drop();
  return destroyed;
}
