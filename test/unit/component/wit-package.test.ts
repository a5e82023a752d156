import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { summarise } from '../../../src/component/summary';
import { printWitPackage } from '../../../src/component/wit-package';
import { fixture } from '../../fixtures';
import { compile } from './compile';

describe('A WIT package', () => {
  it('is told from components, and printed with its interfaces and worlds', () => {
    const bytes = readFileSync(fixture('wit-package'));
    assert.deepEqual(summarise(bytes), { kind: 'wit' });
    assert.equal(
      printWitPackage(bytes),
      'package demo:pkg@0.1.0;\n\nworld w {\n  import demo:pkg/sums@0.1.0;\n}\n\ninterface sums {\n  add: func(a: u32, b: u32) -> u32;\n}\n',
    );
    assert.equal(printWitPackage(readFileSync(fixture('hello'))), null);
    assert.equal(summarise(readFileSync(fixture('exported-type'))).kind, 'component');
  });

  it('is printed with types and resources', async () => {
    const bytes = await compile(`(component (type $i (component (export "a:b/shapes" (instance
      (type $p' (record (field "x" u32)))
      (export "point" (type $p (eq $p')))
      (type $l' (list $p))
      (export "line" (type $l (eq $l')))
      (export "pen" (type $pen (sub resource)))
      (export "[constructor]pen" (func (result (own $pen))))
      (export "[method]pen.draw" (func (param "self" (borrow $pen)) (param "along" $l)))
      (export "[static]pen.count" (func (result u8)))))))
      (export "shapes" (type $i)))`);
    assert.equal(
      printWitPackage(bytes),
      `package a:b;

interface shapes {
  record point {
    x: u32,
  }
  type line = list<point>;
  resource pen {
    constructor();
    draw: func(along: list<point>);
    count: static func() -> u8;
  }
}
`,
    );
  });
});
