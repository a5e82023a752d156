import assert from 'node:assert/strict';
import { originOf } from '../../../../src/component/anatomy/origin';

describe('the origin of a function', () => {
  const examples: readonly (readonly [name: string, origin: string])[] = [
    ['_ZN10serde_json2de10from_slice17h0123456789abcdefE', 'crate serde_json'],
    ['serde_json::de::from_slice::h0123456789abcdef', 'crate serde_json'],
    [
      '_ZN61_$LT$serde_json..error..Error$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE',
      'crate serde_json',
    ],
    ['_ZN44_$LT$$RF$T$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE', 'crate core'],
    ['<[u8] as alloc::slice::Concat>::concat::h0123456789abcdef', 'crate alloc'],
    ['<alloc::vec::Vec<serde_json::Value> as core::clone::Clone>::clone::h0123456789abcdef', 'crate alloc'],
    [
      '_RNvMs0_NtCsjlDtaMZrRsD_22wasi_snapshot_preview111descriptorsNtB5_11Descriptors3new',
      'crate wasi_snapshot_preview1',
    ],
    ['_ZN5shape6Circle4areaEv', 'namespace shape'],
    ['_ZNSt6vectorIiE9push_backEOi', 'namespace std'],
    ['void std::__2::sort<int*>(int*, int*)', 'namespace std'],
    ['js::frontend::Parser<js::Handler>::ifStatement(js::Yield)', 'namespace js'],
    ['(anonymous namespace)::helper()', 'unknown '],
    ['malloc', 'unknown '],
    ['', 'unknown '],
  ];
  for (const [name, expected] of examples)
    it(`is ${expected} for ${name}`, () => {
      const { kind, name: origin } = originOf(name, null, false);
      assert.equal(`${kind} ${origin}`, expected);
    });

  it('is the source file where the debug information has one, or the crate of it', () => {
    assert.deepEqual(originOf('main', 'src/main.c', false), { kind: 'file', name: 'src/main.c' });
    assert.deepEqual(originOf('main', '/rustc/0a1b/library/std/src/rt.rs', false), {
      kind: 'crate',
      name: 'std',
    });
    const cargo = '/home/me/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/serde-json-1.0.1/src/de.rs';
    assert.deepEqual(originOf('f', cargo, false), { kind: 'crate', name: 'serde_json' });
  });

  it('is the package of a Go function', () => {
    assert.deepEqual(originOf('net/http.(*Client).Do', null, true), { kind: 'package', name: 'net/http' });
    assert.deepEqual(originOf('internal_poll._*FD_.Read', null, true), {
      kind: 'package',
      name: 'internal_poll',
    });
    assert.deepEqual(originOf('type_.eq.os.File', null, true), { kind: 'package', name: 'os' });
    assert.deepEqual(originOf('main.main', null, true), { kind: 'package', name: 'main' });
  });
});
