import assert from 'node:assert/strict';
import { missingImports } from '../../../src/component/missing-imports';
import { readComponent } from '../../../src/component/read-component';
import { compile } from './compile';

describe('the imports that keep a component from being started', () => {
  it('have functions or resources, not only types', async () => {
    const read = readComponent(
      await compile(`(component
        (import "a:b/types" (instance (type $u32 u32) (export "size" (type (eq $u32)))))
        (import "a:b/resources" (instance (export "file" (type (sub resource)))))
        (import "a:b/functions" (instance (export "read" (func))))
        (import "token" (type $token (sub resource)))
        (import "[method]token.value" (func (param "self" (borrow $token)) (result u32)))
        (import "now" (func (result u64))))`),
    );
    assert.ok(read.ok);
    assert.deepEqual(missingImports(read.value), ['a:b/resources', 'a:b/functions', 'token', 'now']);
  });

  it('leave out types that equal a type of another import, in the world and in interfaces', async () => {
    const read = readComponent(
      await compile(`(component
        (import "wasi:io/streams@0.2.0" (instance $streams (export "output-stream" (type (sub resource)))))
        (alias export $streams "output-stream" (type $stream))
        (import "output-stream" (type (eq $stream)))
        (import "a:b/uses" (instance
          (alias outer 1 $stream (type $used))
          (export "output-stream" (type (eq $used)))))
        (import "a:b/prints" (instance
          (alias outer 1 $stream (type $used))
          (export "output-stream" (type $named (eq $used)))
          (export "print" (func (param "to" (borrow $named)))))))`),
    );
    assert.ok(read.ok);
    assert.deepEqual(missingImports(read.value), ['a:b/prints']);
  });
});
