import assert from 'node:assert/strict';
import { parseTestArguments } from '../../../scripts/test-arguments.mjs';

const life = 'test/unit/instance/life.test.ts';

function parse(...args: string[]) {
  return parseTestArguments(args, process.cwd());
}

describe('arguments of npm test', () => {
  it('run every tier by default', () => {
    assert.deepEqual(parse(), {
      tiers: ['unit', 'engine', 'host'],
      files: [],
      isWatching: false,
      mochaArguments: [],
    });
  });

  it('name a tier, files and folders, in any form of path', () => {
    assert.deepEqual(parse('unit', `./${life}`, 'test/unit/reuse/'), {
      tiers: ['unit'],
      files: [life, 'test/unit/reuse'],
      isWatching: false,
      mochaArguments: [],
    });
  });

  it('need no tier beside a file', () => {
    assert.deepEqual(parse('test/engine/calls.test.ts'), {
      tiers: ['engine'],
      files: ['test/engine/calls.test.ts'],
      isWatching: false,
      mochaArguments: [],
    });
  });

  it('pass the first option and the rest to mocha, without --watch', () => {
    assert.deepEqual(parse('unit', life, '--watch', '--grep', 'a trap', '--bail'), {
      tiers: ['unit'],
      files: [life],
      isWatching: true,
      mochaArguments: ['--grep', 'a trap', '--bail'],
    });
  });

  it('are refused when a file is missing, in another tier, or in the host tier', () => {
    assert.deepEqual(parse('unit', 'test/unit/nope.test.ts'), {
      error: 'there is no tier and no file test/unit/nope.test.ts',
    });
    assert.deepEqual(parse('engine', life), { error: `${life} is not in test/engine` });
    assert.ok('error' in parse('host', '--watch'));
  });
});
