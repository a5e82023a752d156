import assert from 'node:assert/strict';
import fc from 'fast-check';
import { demangle } from '../../../src/component/demangle';

describe('the name of a function', () => {
  const examples: readonly (readonly [mangled: string, readable: string])[] = [
    ['_start', '_start'],
    ['wasi:cli/run@0.2.0#run', 'wasi:cli/run@0.2.0#run'],
    ['_ZN3std2rt10lang_start17hcedac7a190ec0c09E', 'std::rt::lang_start'],
    [
      '_ZN3std6thread5local17LocalKey$LT$T$GT$4with17h2d823d72fee50b97E',
      'std::thread::local::LocalKey<T>::with',
    ],
    ['_ZN4core3ptr13drop_in_place17h0123456789abcdefE', 'core::ptr::drop_in_place'],
    ['_ZN7Greeter5greetEv', 'Greeter::greet'],
    ['_ZNK5shape6Circle4areaEv', 'shape::Circle::area'],
    ['_Z7explodei', 'explode'],
    [
      '_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE',
      '<alloc::string::String as core::fmt::Display>::fmt',
    ],
    [
      '_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$::fmt::h0123456789abcdef',
      '<alloc::string::String as core::fmt::Display>::fmt',
    ],
    ['std::__2::vector<int>::push_back(int&&)', 'std::__2::vector<int>::push_back(int&&)'],
    ['_ZNSt6vectorIiE9push_backEOi', '_ZNSt6vectorIiE9push_backEOi'],
    ['_ZN99short', '_ZN99short'],
    ['_Z', '_Z'],
    [
      '_RNvMs0_NtCsjlDtaMZrRsD_22wasi_snapshot_preview111descriptorsNtB5_11Descriptors3new',
      '<wasi_snapshot_preview1::descriptors::Descriptors>::new',
    ],
    ['_RNvNtCs1234_7mycrate3foo3bar', 'mycrate::foo::bar'],
    ['_RNCNvCs1234_7mycrate4main0', 'mycrate::main::{closure}'],
    ['_RINvNtCs1_4core3mem4swapjE', 'core::mem::swap<usize>'],
    ['_RNvXCs1_1aNtB2_1SNtCs2_4core5Clone5clone', '<a::S as core::Clone>::clone'],
    ['_ZN5', '_ZN5'],
    ['_RB_', '_RB_'],
  ];
  for (const [mangled, readable] of examples) {
    it(`is ${readable} for ${mangled}`, () => {
      assert.equal(demangle(mangled), readable);
    });
  }

  it('is always found in the end, whatever the text', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('_RNvCMXYIBTSEsu0123456789abLKpj')) });
    fc.assert(
      fc.property(letters, (text) => {
        assert.ok(demangle(`_R${text}`).length <= Math.max(201, text.length + 2));
      }),
      { numRuns: 5000 },
    );
  });
});
