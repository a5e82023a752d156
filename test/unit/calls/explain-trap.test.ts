import assert from 'node:assert/strict';
import { repeatedTrapLines } from '../../../src/words/cli-repeated-trap';
import { exportLabel, type Call, type ExportRef } from '../../../src/instance/call';
import { trapFacts, type TrapFacts } from '../../../src/calls/explain-trap';
import type { Verdict } from '../../../src/reuse/verdict';
import { explainCallTrap, explainTrap } from '../../../src/words/trap';
import { judge } from '../../../src/reuse/judge';
import { runRef } from '../instance/support';

const guarded = judge({
  static: {
    type: 'guard',
    certainty: 'certain',
    place: { module: 0, funcIndex: 5, func: '_start', offset: 0x2f1 },
    cell: null,
    evidence: [],
  },
});

type Kind = 'unreachable' | 'divide-by-zero';

/** A call that trapped, the so-manyth of its export on the instance. */
function trapped(
  times: number,
  kind: Kind,
  { ref = runRef, verdict = guarded, source }: Changes = {},
): TrapFacts {
  const frame = { funcIndex: 1, module: 0, offset: 2, ...(source === undefined ? {} : { source }) };
  const outcome = { type: 'trapped', trap: { kind }, frames: [frame] } as const;
  const facts = trapFacts(
    { number: 7, timesCalled: new Map([[exportLabel(ref), times]]) },
    { number: times + 3, export: ref, arguments: '', startedAt: 0, ended: { outcome, durationMs: 1 } },
    verdict,
  );
  assert.ok(facts);
  return facts;
}

interface Changes {
  readonly ref?: ExportRef;
  readonly verdict?: Verdict;
  readonly source?: { readonly file: string; readonly line: number };
}

const source = { file: 'src/boom.c', line: 5 };
const add: ExportRef = { func: 'add' };

describe('the facts about a trap', () => {
  it('fit a guard for a repeated run that ended in `unreachable`', () => {
    assert.equal(trapped(2, 'unreachable').cause, 'guard');
    assert.equal(trapped(2, 'divide-by-zero').cause, 'repeated-call');
    assert.equal(trapped(2, 'unreachable', { ref: add }).cause, 'repeated-call');
    assert.equal(trapped(2, 'unreachable', { verdict: judge({}) }).cause, 'repeated-call');
  });

  it('are of a first call, whatever was called before it', () => {
    assert.equal(trapped(1, 'unreachable').cause, 'first-call');
  });

  it('do not exist for a call that returned', () => {
    const call: Call = { number: 1, export: runRef, arguments: '', startedAt: 0 };
    const ended = { outcome: { type: 'ok' }, durationMs: 1 } as const;
    assert.equal(trapFacts({ number: 7, timesCalled: new Map() }, { ...call, ended }, guarded), null);
    assert.equal(trapFacts({ number: 7, timesCalled: new Map() }, call, guarded), null);
  });
});

describe('a trap in words', () => {
  it('names the guard where it fits', () => {
    assert.deepEqual(explainTrap(trapped(2, 'unreachable')), {
      what: 'Call 2 on instance #7 trapped (wasm `unreachable` instruction executed): its `_start` may run once per instance (guard at 0x2f1).',
      next: 'Its toolchain makes components that run once per instance. Run it in a fresh instance.',
    });
  });

  it('leads to the line after a first call, not to a fresh instance', () => {
    assert.deepEqual(explainTrap(trapped(1, 'unreachable', { source })), {
      what: 'Instance #7 trapped at src/boom.c:5: wasm `unreachable` instruction executed.',
      next: 'The first call trapped, so a fresh instance may trap as well. Look at src/boom.c:5.',
    });
    assert.match(explainTrap(trapped(1, 'unreachable')).next, /Build with debug information \(-g\)/);
  });

  it('leads to a fresh instance after a repeated call, without a cause that is not known', () => {
    assert.deepEqual(explainTrap(trapped(2, 'divide-by-zero')), {
      what: 'Instance #7 trapped: integer divide by zero.',
      next: 'A trapped instance cannot be entered again. Use a fresh instance.',
    });
    assert.deepEqual(
      explainCallTrap(trapped(2, 'unreachable', { ref: add, source }), 'add(1)', 'a.wasm #7'),
      {
        what: 'add(1) on a.wasm #7 trapped: unreachable at src/boom.c:5.',
        next: 'A trapped instance cannot be entered again. Use a fresh instance.',
      },
    );
  });

  it('tells the command line which runs were not made, and advises against --same only where that helps', () => {
    const first = trapped(1, 'unreachable', { source });
    assert.deepEqual(repeatedTrapLines({ facts: first, by: 'run', notMade: 3 }), {
      why: 'The first call trapped, so a fresh instance may trap as well. Look at src/boom.c:5.',
      evidence: [],
      next: 'A trapped instance cannot be entered again, so the other 3 runs were not made.',
    });
    assert.deepEqual(repeatedTrapLines({ facts: trapped(2, 'unreachable'), by: 'run', notMade: 1 }), {
      why: 'It was run 2 on one instance, and its `_start` may run once per instance (guard at 0x2f1):',
      evidence: [],
      next: 'A trapped instance cannot be entered again, so the other run was not made. Without --same every run gets a fresh instance.',
    });
  });
});
