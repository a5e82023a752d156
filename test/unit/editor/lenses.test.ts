import assert from 'node:assert/strict';
import { entryLenses, type LensSubject } from '../../../src/editor/lenses/entry-lenses';
import type { CallPlan } from '../../../src/calls/plan-call';
import { judge } from '../../../src/reuse/judge';
import { bareProfile, buildOf, registryWithClock, runRef } from '../instance/support';

const place = { module: 0, funcIndex: 12, func: '_start', offset: 0x2f1 };
const verdict = judge({ static: { type: 'guard', certainty: 'certain', place, cell: null, evidence: [] } });

describe('the lenses over an entry point', () => {
  it('offer to run, and tell the verdict quietly, before anything ran', () => {
    assert.deepEqual(titles({}), [
      '$(play) Run',
      '$(debug-alt) Debug',
      '$(run-all) Run in Fresh Instance',
      'runs once per instance · guard in _start',
    ]);
  });

  it('show the running instance and stop it', () => {
    assert.deepEqual(titles({ current: inState('running') }), [
      '$(loading~spin) Running on #1',
      '$(debug-stop) Stop',
      '$(run-all) Run in Fresh Instance',
    ]);
  });

  it('warn once the instance is spent, and a click on the warning runs in a fresh one', () => {
    const instance = inState('spent')!;
    const warning = entryLenses(
      subject({ current: instance, plan: { type: 'ask', instance, why: verdict } }),
    )[0]!;
    assert.equal(warning.title, '$(warning) instance #1 has run; calling run again would trap');
    assert.equal(warning.command, 'freshInstance.runFresh');
  });

  it('promise the instance that Run calls', () => {
    const current = inState('spent')!;
    const tooltip = (plan: CallPlan) => entryLenses(subject({ current, plan }))[0]!.tooltip;
    assert.equal(tooltip({ type: 'call', instance: current }), 'Run hello.wasm on instance #1');
    assert.equal(tooltip({ type: 'fresh', insteadOf: current }), 'Run hello.wasm in a fresh instance');
  });

  it('offer nothing to run in a workspace that is not trusted', () => {
    const lenses = entryLenses(subject({ trusted: false }));
    assert.deepEqual(
      lenses.map(({ command }) => command),
      ['freshInstance.explainVerdict'],
    );
  });
});

function subject(changes: Partial<LensSubject>): LensSubject {
  return {
    path: '/w/hello.wasm',
    name: 'hello.wasm',
    verdict,
    current: undefined,
    plan: { type: 'fresh' },
    trusted: true,
    ...changes,
  };
}

function titles(changes: Partial<LensSubject>): readonly string[] {
  return entryLenses(subject(changes)).map(({ title }) => title);
}

function inState(state: 'running' | 'spent') {
  const { registry } = registryWithClock();
  const { id } = registry.add(buildOf('/w/hello.wasm'), bareProfile);
  registry.instantiated(id);
  registry.called(id, runRef, '');
  if (state === 'spent') registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 1, spent: verdict });
  return registry.get(id);
}
