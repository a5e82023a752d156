import assert from 'node:assert/strict';
import { pathOf, targetOfFields } from '../../../src/editor/common/command-target';

describe('the target of a command', () => {
  const path = '/work/hello.wasm';

  it('is a component for an object with only a path', () => {
    assert.deepEqual(targetOfFields({ path }), { type: 'component', path });
    assert.deepEqual(targetOfFields({ type: 'exports', path }), { type: 'component', path });
  });

  it('is a core module, or a function of one, where a link names it', () => {
    assert.deepEqual(targetOfFields({ path, module: 0 }), {
      type: 'core-module',
      path,
      module: 0,
      func: null,
    });
    assert.deepEqual(targetOfFields({ path, module: 2, func: 7 }), {
      type: 'core-module',
      path,
      module: 2,
      func: 7,
    });
  });

  it('is an export where a row or a lens names one', () => {
    const ref = { interface: 'samples:workshop/greetings@1.0.0', func: 'add' };
    assert.deepEqual(targetOfFields({ path, export: ref }), { type: 'export', path, export: ref });
    assert.deepEqual(targetOfFields({ path, export: { func: 'add', other: 1 } }), {
      type: 'export',
      path,
      export: { func: 'add' },
    });
  });

  it('is an instance, one of its calls or one of its handles', () => {
    assert.deepEqual(targetOfFields({ path, id: 'i1' }), { type: 'instance', path, id: 'i1' });
    assert.deepEqual(targetOfFields({ path, id: 'i1', number: 3 }), {
      type: 'call',
      path,
      id: 'i1',
      number: 3,
    });
    assert.deepEqual(targetOfFields({ path, id: 'i1', handle: '$1' }), {
      type: 'handle',
      path,
      id: 'i1',
      handle: '$1',
    });
  });

  it('is a call that is written somewhere: as text, or at a place in a document', () => {
    assert.deepEqual(targetOfFields({ path, text: 'add(1, 2)' }), {
      type: 'call-text',
      path,
      text: 'add(1, 2)',
    });
    assert.deepEqual(targetOfFields({ uri: 'file:///a.wave', offset: 7 }), {
      type: 'place',
      uri: 'file:///a.wave',
      offset: 7,
    });
  });

  it('is not guessed from fields of the wrong type', () => {
    assert.deepEqual(targetOfFields({ path: 7 }), { type: 'other' });
    assert.deepEqual(targetOfFields({ id: 'i1' }), { type: 'other' });
    assert.deepEqual(targetOfFields({ path, export: { func: 7 } }), { type: 'component', path });
  });

  it('belongs to a component unless it is a document or nothing', () => {
    assert.equal(pathOf({ type: 'call', path, id: 'i1', number: 1 }), path);
    assert.equal(pathOf({ type: 'document', uri: 'file:///a.rs' }), undefined);
    assert.equal(pathOf({ type: 'none' }), undefined);
  });
});
