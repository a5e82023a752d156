import assert from 'node:assert/strict';
import { compile } from './compile';
import { readExportedFunctions } from '../../../src/component/exported-functions';
import { readComponent } from '../../../src/component/read-component';
import type { ValueType } from '../../../src/component/types';

describe('a component that is read', () => {
  it('gives exported functions with their types resolved', async () => {
    const bytes = await compile(`(component
      (core module $m
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable)
        (func (export "find") (param i32 i32 i32) (result i32) unreachable)
        (func (export "watch") (param i64) (result i32) unreachable))
      (core instance $i (instantiate $m))
      (type $color' (enum "red" "green"))
      (export $color "color" (type $color'))
      (type $point' (record (field "x" s32) (field "colors" (list $color))))
      (export $point "point" (type $point'))
      (func $find (param "name" (option string)) (result $point)
        (canon lift (core func $i "find") (memory (core memory $i "memory")) (realloc (core func $i "realloc"))))
      (func $watch async (param "n" u64) (result (stream u8)) (canon lift (core func $i "watch")))
      (export "find" (func $find)) (export "watch" (func $watch)))`);
    const functions = readExportedFunctions(bytes);
    const color = { kind: 'enum', name: 'color', labels: ['red', 'green'] };
    assert.deepEqual(functions, {
      ok: true,
      value: [
        {
          func: 'find',
          type: {
            async: false,
            params: [{ name: 'name', type: { kind: 'option', element: { kind: 'string' } } }],
            result: {
              kind: 'record',
              name: 'point',
              fields: [
                { name: 'x', type: { kind: 's32' } },
                { name: 'colors', type: { kind: 'list', element: color, length: null } },
              ],
            },
          },
        },
        {
          func: 'watch',
          type: {
            async: true,
            params: [{ name: 'n', type: { kind: 'u64' } }],
            result: { kind: 'stream', element: { kind: 'u8' } },
          },
        },
      ],
    });
  });

  it('finds the functions of an interface behind the component that wraps it, with names for its types', async () => {
    const bytes = await compile(`(component
      (core module $m (func (export "new") (param i32) (result i32) unreachable)
        (func (export "get") (param i32) (result i32) unreachable))
      (core instance $i (instantiate $m))
      (type $counter (resource (rep i32)))
      (func $new (param "start" u32) (result (own $counter)) (canon lift (core func $i "new")))
      (func $get (param "self" (borrow $counter)) (result u32) (canon lift (core func $i "get")))
      (component $wrapper
        (import "import-type-counter" (type $t (sub resource)))
        (import "import-new" (func $n (param "start" u32) (result (own $t))))
        (import "import-get" (func $g (param "self" (borrow $t)) (result u32)))
        (export $e "counter" (type $t))
        (export "[constructor]counter" (func $n) (func (param "start" u32) (result (own $e))))
        (export "[method]counter.get" (func $g) (func (param "self" (borrow $e)) (result u32))))
      (instance $w (instantiate $wrapper (with "import-type-counter" (type $counter))
        (with "import-new" (func $new)) (with "import-get" (func $get))))
      (export "my:pkg/counters@1.0.0" (instance $w)))`);
    const functions = readExportedFunctions(bytes);
    assert.ok(functions.ok);
    assert.deepEqual(
      functions.value.map(({ interface: home, func, type }) => [
        home,
        func,
        type?.params.map((param) => `${param.name}: ${show(param.type)}`),
        show(type?.result ?? null),
      ]),
      [
        ['my:pkg/counters@1.0.0', '[constructor]counter', ['start: u32'], 'own<counter>'],
        ['my:pkg/counters@1.0.0', '[method]counter.get', ['self: borrow<counter>'], 'u32'],
      ],
    );
  });

  it('names the byte at which a definition refers to something that is not there', () => {
    // An alias section with an alias of export "x" of core instance 9.
    const bytes = Uint8Array.from([0, 0x61, 0x73, 0x6d, 13, 0, 1, 0, 6, 7, 1, 0, 0, 1, 9, 1, 0x78]);
    const component = readComponent(bytes);
    assert.deepEqual(component.ok ? null : component.error.problem, {
      kind: 'malformed',
      detail: 'a use of core instance 9, which is not there',
      offset: 14,
    });
  });
});

function show(type: ValueType | null): string {
  switch (type?.kind) {
    case undefined:
      return '_';
    case 'own':
    case 'borrow':
      return `${type.kind}<${String(type.resource.name)}>`;
    default:
      return type?.kind ?? '';
  }
}
