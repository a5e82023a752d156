import assert from 'node:assert/strict';
import {
  compareVersionsDescending,
  isRunExport,
  isWasi03,
  isWasiImport,
  runExportsOf,
} from '../../../src/component/wasi';

describe('names of WASI', () => {
  it('tells what a WASI host provides', () => {
    const names = [
      'wasi:cli/environment@0.2.0',
      'wasi:io/streams@0.2.12',
      'wasi:http/types@0.3.0',
      'wasi:clocks/monotonic-clock@0.3.0-rc-2025-09-16',
      'wasi:nn/graph@0.2.0',
      'wasi:cli/environment@0.1.0',
      'wasi:cli/environment',
      'samples:workshop/thermometer',
      'log',
    ];
    assert.deepEqual(names.filter(isWasiImport), names.slice(0, 4));
    assert.deepEqual(names.filter(isWasi03), names.slice(2, 4));
  });

  it('chooses the highest version of run among exported instances', () => {
    const named = (name: string, kind = 'instance') => ({ name, kind });
    assert.deepEqual(
      runExportsOf([
        named('run', 'func'),
        named('wasi:cli/run@0.2.9'),
        named('wasi:cli/run@0.3.0'),
        named('wasi:cli/running@0.3.0'),
      ]),
      ['wasi:cli/run@0.3.0', 'wasi:cli/run@0.2.9'],
    );
  });

  it('knows a run export by its whole name', () => {
    assert.equal(isRunExport('wasi:cli/run@0.2.6'), true);
    assert.equal(isRunExport('wasi:cli/running@0.2.6'), false);
    assert.equal(isRunExport('my:cli/run@0.2.6'), false);
    assert.equal(isRunExport('run'), false);
  });

  it('puts the highest version first, by number and not by letter', () => {
    const names = ['0.2.9', '0.3.0-rc-1', '0.2.10', '0.3.0', '0.2.0'].map((each) => `wasi:cli/run@${each}`);
    assert.deepEqual(
      names.sort(compareVersionsDescending).map((name) => name.replace(/.*@/, '')),
      ['0.3.0', '0.3.0-rc-1', '0.2.10', '0.2.9', '0.2.0'],
    );
  });
});
