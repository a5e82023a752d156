import assert from 'node:assert/strict';
import { lowerCamelCase, upperCamelCase } from '../../../src/component/js-names';

describe('the JavaScript name that jco gives to a name of WIT', () => {
  for (const [kebab, lower, upper] of [
    ['name', 'name', 'Name'],
    ['output-stream', 'outputStream', 'OutputStream'],
    ['HTTP3-name', 'http3Name', 'Http3Name'],
    ['read-URL', 'readUrl', 'ReadUrl'],
  ] as const) {
    it(`of ${kebab} is ${lower}, or ${upper} for a class`, () => {
      assert.deepEqual([lowerCamelCase(kebab), upperCamelCase(kebab)], [lower, upper]);
    });
  }
});
