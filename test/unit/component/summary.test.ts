import { decodeProblemText } from '../../../src/words/read-error';
import assert from 'node:assert/strict';
import { compile } from './compile';
import { readFileSync } from 'node:fs';
import { fixture } from '../../fixtures';
import { watCases } from '../../../scripts/corpus/wat-cases.mjs';
import { summarise } from '../../../src/component/summary';

const wat = (name: string) => compile(watCases[name]!.wat);

describe('the summary of a file', () => {
  it('lists what a component imports and exports, and which run a host should call', async () => {
    assert.deepEqual(summarise(await wat('two-versions-higher-is-guarded')), {
      kind: 'component',
      runExports: ['wasi:cli/run@0.2.10', 'wasi:cli/run@0.2.9'],
      entry: 'wasi:cli/run@0.2.10',
      entryIsAsync: false,
      imports: ['wasi:random/random@0.2.0', 'wasi:cli/exit@0.2.0'],
      exports: [
        { name: 'wasi:cli/run@0.2.10', kind: 'instance' },
        { name: 'wasi:cli/run@0.2.9', kind: 'instance' },
      ],
      producers: [],
      hasDebugInfo: false,
    });
  });

  it('says that a run of WASI 0.3 is asynchronous', async () => {
    const summary = summarise(await wat('async-guard'));
    assert.equal(summary.kind === 'component' && summary.entryIsAsync, true);
  });

  it('tells who made a component, and whether it has debug information', () => {
    const made = summarise(readFileSync(fixture('trap')));
    const stripped = summarise(readFileSync(fixture('trap-stripped')));
    assert.ok(made.kind === 'component' && stripped.kind === 'component');
    assert.deepEqual([made.hasDebugInfo, stripped.hasDebugInfo], [true, false]);
    assert.deepEqual(
      made.producers.map(({ field, name }) => [field, name]),
      [
        ['language', 'C11'],
        ['processed-by', 'clang'],
        ['language', 'Rust'],
        ['processed-by', 'rustc'],
        ['processed-by', 'wit-component'],
      ],
    );
  });

  it('tells a core module from a component', async () => {
    assert.equal(summarise(await compile('(module (func))')).kind, 'module');
  });

  it('says what is wrong with an unreadable file, and at which byte', () => {
    const problem = (...bytes: number[]) => {
      const summary = summarise(Uint8Array.from(bytes));
      return summary.kind === 'invalid' ? decodeProblemText(summary.problem) : summary.kind;
    };
    assert.equal(problem(), 'truncated at byte 0');
    assert.equal(problem(...Buffer.from('(component)')), 'not a WebAssembly file at byte 0');
    assert.equal(problem(0, 0x61), 'truncated at byte 2');
    assert.equal(
      problem(0, 0x61, 0x73, 0x6d, 9, 0, 1, 0),
      'an unknown binary version (9, layer 1) at byte 4',
    );
  });

  it('says at which byte a component is cut off, wherever that is', async () => {
    const whole = await wat('guard-flag');
    const boundaries = new Set(['component', 'module']);
    for (let length = 1; length < whole.length; length++) {
      const summary = summarise(whole.subarray(0, length));
      if (summary.kind === 'invalid') {
        assert.deepEqual(summary.problem, { kind: 'truncated', detail: '', offset: length });
      } else {
        // Cut between two sections, what is left is a component, if a small one.
        assert.ok(boundaries.has(summary.kind));
      }
    }
  });
});
