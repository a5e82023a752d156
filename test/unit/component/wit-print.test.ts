import assert from 'node:assert/strict';
import { printDefinition, printFunction, printType } from '../../../src/component/wit-print';
import { enumOf, flags, func, list, map, option, prim, record, result, tuple, variant } from './wave/types';

describe('Types as WIT text', () => {
  it('are printed as WIT writes them', () => {
    const u8 = prim('u8');
    assert.equal(printType(list(tuple(u8, option(prim('string'))))), 'list<tuple<u8, option<string>>>');
    assert.equal(printType(list(u8, 4)), 'list<u8, 4>');
    assert.equal(printType(map(prim('string'), u8)), 'map<string, u8>');
    assert.deepEqual([result(null), result(u8), result(null, u8), result(u8, u8)].map(printType), [
      'result',
      'result<u8>',
      'result<_, u8>',
      'result<u8, u8>',
    ]);
    assert.equal(printType({ kind: 'borrow', resource: { name: 'output-stream' } }), 'borrow<output-stream>');
    assert.equal(printType({ kind: 'own', resource: { name: 'stream' } }), '%stream');
    assert.equal(printType({ kind: 'stream', element: u8 }), 'stream<u8>');
    assert.equal(printType({ kind: 'future', element: null }), 'future');
  });

  it('are printed by their names, or with their parts if they have none', () => {
    const point = record('point', { x: prim('u32'), type: prim('string') });
    assert.equal(printType(point), 'point');
    assert.equal(printType({ kind: 'enum', name: null, labels: ['a', 'use'] }), 'enum { a, %use }');
    assert.equal(printDefinition(point), 'record point {\n  x: u32,\n  %type: string,\n}');
    assert.equal(
      printDefinition(variant('shape', { dot: null, circle: point })),
      'variant shape {\n  dot,\n  circle(point),\n}',
    );
    assert.equal(printDefinition(flags('perms', 'read')), 'flags perms {\n  read,\n}');
    assert.equal(printDefinition(list(enumOf('colour', 'red'))), 'list<colour>');
  });

  it('make up signatures', () => {
    assert.equal(
      printFunction(func({ a: prim('u32'), b: list(prim('string')) }, result(prim('string')))),
      'func(a: u32, b: list<string>) -> result<string>',
    );
    assert.equal(printFunction({ ...func({ stream: prim('u8') }), async: true }), 'async func(%stream: u8)');
  });
});
