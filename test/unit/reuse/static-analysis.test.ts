import { verdictReason } from '../../../src/words/verdict';
import assert from 'node:assert/strict';
import { watCases } from '../../../scripts/corpus/wat-cases.mjs';
import { compile } from '../component/compile';
import { analyseFile } from '../../../src/reuse/analyse';
import { describeEvidence } from '../../../src/words/evidence';
import type { StaticFinding } from '../../../src/reuse/findings';
import { judge } from '../../../src/reuse/judge';

async function findingOf(name: string): Promise<StaticFinding> {
  const finding = analyseFile(await compile(watCases[name]!.wat));
  assert.ok(finding.ok);
  return finding.value;
}

function kindOf(finding: StaticFinding): string {
  if (finding.type === 'guard') return finding.certainty;
  return finding.type === 'nothing-found' ? 'nothing' : finding.type;
}

describe('the static analysis of a repeated call', () => {
  for (const [name, { expected }] of Object.entries(watCases)) {
    it(`says "${expected}" of ${name}`, async () => {
      assert.equal(kindOf(await findingOf(name)), expected);
    });
  }

  it('shows the way from the export to the guard, and where the mark is kept', async () => {
    const finding = await findingOf('guard-callee');
    assert.deepEqual(finding.type === 'no-run' ? [] : finding.evidence.map(describeEvidence), [
      'wasi:cli/run@0.2.0 is lifted from `run` (function 3 of core module 0) at 0x62, which calls `once` (function 2 of core module 0) at 0x56',
      'a second entry reaches the trap in `once` (function 2 of core module 0) at 0x56, because the first entry left a mark in memory at 0x8 (set at 0x5c)',
      'the mark is still there at the end of a simulated first call',
    ]);
  });

  it('blames the function that looks at the mark, not the one that traps for it', async () => {
    const finding = await findingOf('guard-abort-in-callee');
    assert.equal(finding.type === 'guard' && finding.place.func, 'run');
  });

  it('names the global that a mark is kept in', async () => {
    const finding = await findingOf('guard-global');
    assert.deepEqual(finding.type === 'guard' && finding.cell, { type: 'global', index: 0, name: 'started' });
  });

  it('tells a lock from a guard, and says so', async () => {
    assert.equal(
      verdictReason(judge({ static: await findingOf('lock') })),
      'no guard was found: what stops a second entry is a lock, released before the call ends',
    );
  });

  it('never says that a component may run again', async () => {
    for (const name of Object.keys(watCases)) {
      assert.notEqual(judge({ static: await findingOf(name) }).repeat, 'reruns', name);
    }
  });

  it('takes the highest version of run', async () => {
    assert.equal(kindOf(await findingOf('two-versions-lower-is-stub')), 'nothing');
    assert.equal(kindOf(await findingOf('two-versions-higher-is-guarded')), 'certain');
  });

  it('says that a component without run has none', async () => {
    const finding = analyseFile(await compile('(component)'));
    assert.deepEqual(finding, { ok: true, value: { type: 'no-run' } });
  });

  it('refuses a file that is no component, with the byte', () => {
    const finding = analyseFile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0, 7, 9));
    assert.deepEqual(finding.ok ? null : finding.error.problem, {
      kind: 'truncated',
      detail: '',
      offset: 10,
    });
  });
});
