import assert from 'node:assert/strict';
import { demangle } from '../../../src/engine/demangle';

describe('a mangled name', () => {
  const names: readonly (readonly [string, string])[] = [
    ['main', 'main'],
    ['wasi:cli/run@0.2.12#run', 'wasi:cli/run@0.2.12#run'],
    ['_ZN4core9panicking9panic_fmt17h0123456789abcdefE', 'core::panicking::panic_fmt'],
    [
      '_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE',
      '<alloc::string::String as core::fmt::Display>::fmt',
    ],
    ['_ZN5shape6Circle4areaEv', 'shape::Circle::area'],
    ['_ZNK5shape6Circle4areaEv', 'shape::Circle::area'],
    ['_Z7explodei', 'explode'],
    ['_ZNSt6vectorIiE9push_backEOi', '_ZNSt6vectorIiE9push_backEOi'],
    ['_ZN99short', '_ZN99short'],
    ['_Z', '_Z'],
    ['_start', '_start'],
  ];
  for (const [mangled, readable] of names) {
    it(`${mangled} is ${readable}`, () => {
      assert.equal(demangle(mangled), readable);
    });
  }
});
