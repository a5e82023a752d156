import assert from 'node:assert/strict';
import { compatibleName } from '../../../src/component/versions';

describe('The version of an interface', () => {
  const names = [
    'a:b/c@0.2.1',
    'a:b/c@0.2.12',
    'a:b/c@0.3.0',
    'a:b/c@1.1.9',
    'a:b/c@1.2.0',
    'a:b/c@2.0.0-rc.1',
    'a:b/d@1.0.0',
  ];
  const meant = (version: string) => compatibleName(`a:b/c@${version}`, names)?.replace('a:b/c@', '');

  it('may be shortened: the highest one that begins so is meant', () => {
    assert.deepEqual(['1', '1.1', '1.2', '0.2', '0.3'].map(meant), [
      '1.2.0',
      '1.1.9',
      '1.2.0',
      '0.2.12',
      '0.3.0',
    ]);
  });

  it('fits others of the same major version, and below 1 of the same minor version', () => {
    assert.deepEqual(['1.3.0', '1.1.0', '0.2.3', '0.3.9', '0.2.1'].map(meant), [
      '1.2.0',
      '1.2.0',
      '0.2.12',
      '0.3.0',
      '0.2.1',
    ]);
  });

  it('fits nothing else, and a pre-release only itself', () => {
    assert.deepEqual(
      ['0', '0.4.0', '3', '2', '2.0.0', '2.0.0-rc.2', 'x'].map(meant),
      Array(7).fill(undefined),
    );
    assert.equal(meant('2.0.0-rc.1'), '2.0.0-rc.1');
    assert.equal(compatibleName('a:b/c@0.0.1', ['a:b/c@0.0.2']), undefined);
  });
});
