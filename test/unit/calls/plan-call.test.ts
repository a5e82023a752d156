import type { Verdict } from '../../../src/reuse/verdict';
import assert from 'node:assert/strict';
import type { ExportRef } from '../../../src/instance/call';
import type { Profile } from '../../../src/instance/profile';
import type { Instance } from '../../../src/instance/registry';
import {
  currentInstance,
  planCall,
  type OnRepeatedRun,
  type PlanRequest,
  type RepeatKnowledge,
} from '../../../src/calls/plan-call';
import { guardVerdict, bareProfile, buildOf, registryWithClock, runRef } from '../instance/support';

const add: ExportRef = { interface: 'a:b/c', func: 'add' };
const settings = ['ask', 'fresh', 'same'] satisfies OnRepeatedRun[];
const data: Profile = { ...bareProfile, dirs: [{ host: '/home/me', guest: '/data', readOnly: true }] };

const nothingKnown: RepeatKnowledge = { trapReason: () => undefined };

/** Knows of every export that its repeated call traps. */
const allTrap: RepeatKnowledge = { trapReason: () => guardVerdict };

type InState = 'starting' | 'ready' | 'running' | 'spent' | 'trapped' | 'exited' | 'stopped';

describe('the plan of a call', () => {
  const table: readonly (readonly [what: string, request: Partial<PlanRequest>, plans: readonly string[]])[] =
    [
      // what, and the plans for the settings ask, fresh and same
      ['no instance', { instances: [] }, ['fresh', 'fresh', 'fresh']],
      ['an instance that starts', some('starting'), ['fresh', 'fresh', 'fresh']],
      ['an instance that is ready', some('ready'), ['call', 'call', 'call']],
      ['a busy instance', some('running'), ['fresh', 'fresh', 'fresh']],
      ['a spent instance', some('spent'), ['ask', 'fresh', 'call']],
      ['a trapped instance', some('trapped'), ['fresh', 'fresh', 'fresh']],
      ['an instance whose guest has exited', some('exited'), ['fresh', 'fresh', 'fresh']],
      ['a stopped instance', some('stopped'), ['fresh', 'fresh', 'fresh']],
      ['another export of a spent instance', { ...some('spent'), export: add }, ['call', 'call', 'call']],
      [
        'an export that is not chosen yet, on a spent instance',
        { ...some('spent'), export: undefined },
        ['call', 'call', 'call'],
      ],

      ['a ready instance, with a grant taken away', { ...some('ready', data) }, fresh('instead')],
      ['a ready instance, with a grant added', { ...some('ready'), grants: data }, fresh('instead')],
      ['a spent instance, with a grant taken away', { ...some('spent', data) }, fresh('instead')],
      ['a busy instance, with a grant taken away', { ...some('running', data) }, fresh()],
      [
        'a ready instance, with other arguments',
        { ...some('ready'), grants: { ...bareProfile, args: ['x'], env: { A: '1' } } },
        ['call', 'call', 'call'],
      ],

      ['a picked instance that is ready', picked('ready'), ['call', 'call', 'call']],
      ['a picked instance that is spent', picked('spent'), ['ask', 'ask', 'call']],
      ['a picked instance that trapped', picked('trapped'), ['refuse', 'refuse', 'refuse']],
      ['a picked instance that is busy', picked('running'), ['refuse', 'refuse', 'refuse']],
      ['a picked instance, with a grant taken away', picked('ready', data), fresh('instead')],
      ['a picked instance that is spent, with a grant taken away', picked('spent', data), fresh('instead')],

      [
        'an export that was not called yet',
        { ...some('ready'), export: add, knowledge: allTrap },
        ['call', 'call', 'call'],
      ],
      [
        'an export that is known to trap when called again',
        { ...called(add), export: add, knowledge: allTrap },
        ['ask', 'fresh', 'call'],
      ],
      ['an export of which nothing is known', { ...called(add), export: add }, ['call', 'call', 'call']],
      [
        'a run that became known to trap after it returned',
        { ...some('ready'), knowledge: allTrap },
        ['ask', 'fresh', 'call'],
      ],
    ];
  for (const [what, request, plans] of table) {
    it(`for ${what} is ${[...new Set(plans)].join(', ')}`, () => {
      assert.deepEqual(
        settings.map((onRepeatedRun) => planOf({ ...request, onRepeatedRun })),
        plans,
      );
    });
  }

  it('is a fresh instance where the process of the one before has ended with its call, even if that was picked', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(buildOf('/a.wasm'), { ...bareProfile, engine: 'wasmtime' });
    registry.instantiated(id);
    registry.called(id, runRef, '');
    registry.callEnded(id, { outcome: { type: 'ok' }, durationMs: 1, spent: 'process-ended' });
    const [ended] = registry.all();
    const request = { instances: [ended!], grants: ended!.profile, knowledge: allTrap };
    for (const onRepeatedRun of settings) {
      assert.equal(planOf({ ...request, onRepeatedRun }), 'fresh');
      assert.equal(planOf({ ...request, onRepeatedRun, picked: ended }), 'fresh');
    }
  });

  it('is a fresh instance where another engine was chosen since', () => {
    assert.deepEqual(
      planOf({ ...some('ready'), grants: { ...bareProfile, engine: 'wasmtime' } }),
      'fresh instead',
    );
  });

  it('says why the call would trap, as the spent instance knows it', () => {
    const plan = planCall({ ...base, ...some('spent'), knowledge: allTrap });
    assert.equal(plan.type === 'ask' && plan.why, guardVerdict);
  });

  it('says why the call would trap, as it was observed for another export', () => {
    const plan = planCall({ ...base, ...called(add), export: add, knowledge: allTrap });
    assert.equal(plan.type === 'ask' && plan.why, guardVerdict);
  });

  it('names the instance that has other grants, so that the user can be told', () => {
    const request = { ...base, ...picked('ready', data) };
    assert.deepEqual(planCall(request), { type: 'fresh', insteadOf: request.picked });
  });
});

describe('the current instance of a component', () => {
  it('is the youngest that lives and is of the current build', () => {
    const { registry } = registryWithClock();
    const ids = ['old', 'new', 'new', 'new'].map(
      (sha) => registry.add(buildOf('/a.wasm', sha), bareProfile).id,
    );
    for (const id of ids) registry.instantiated(id);
    registry.rebuilt('/a.wasm', 'new');
    registry.stopped(ids[3]!, { type: 'user' });
    assert.equal(currentInstance(registry.of('/a.wasm'))?.id, ids[2]);
  });

  it('is not one of a debug session, nor a standby', () => {
    const { registry } = registryWithClock();
    for (const options of [{ debugged: true }, { standby: true }]) {
      registry.instantiated(registry.add(buildOf('/a.wasm'), bareProfile, options).id);
    }
    assert.equal(currentInstance(registry.of('/a.wasm')), undefined);
  });

  it('does not exist where all instances have ended', () => {
    const { registry } = registryWithClock();
    const { id } = registry.add(buildOf('/a.wasm'), bareProfile);
    registry.couldNotStart(id, { code: 'rebuilt' });
    assert.equal(currentInstance(registry.of('/a.wasm')), undefined);
  });

  it('may be spent', () => {
    assert.equal(currentInstance(some('spent').instances)?.state.type, 'spent');
  });
});

const base: PlanRequest = {
  export: runRef,
  instances: [],
  grants: bareProfile,
  knowledge: nothingKnown,
  onRepeatedRun: 'ask',
};

/** The type of a plan, with a word for a fresh instance that stands for one with other grants. */
function planOf(request: Partial<PlanRequest>): string {
  const plan = planCall({ ...base, ...request });
  return plan.type === 'fresh' && plan.insteadOf !== undefined ? 'fresh instead' : plan.type;
}

function fresh(how?: 'instead'): readonly string[] {
  return settings.map(() => (how === undefined ? 'fresh' : 'fresh instead'));
}

/** A component with one instance, on which run was called. */
function some(state: InState, profile = bareProfile): { readonly instances: readonly Instance[] } {
  return { instances: [instanceIn(state, profile)] };
}

/** The same, where the user picked that instance. */
function picked(state: InState, profile = bareProfile): Pick<PlanRequest, 'instances' | 'picked'> {
  const { instances } = some(state, profile);
  return { instances, picked: instances[0] };
}

/** A component with one ready instance, on which an export returned. */
function called(ref: ExportRef): { readonly instances: readonly Instance[] } {
  return { instances: [instanceIn('ready', bareProfile, ref)] };
}

function instanceIn(state: InState, profile: Profile, ref: ExportRef = runRef): Instance {
  const { registry } = registryWithClock();
  const { id } = registry.add(buildOf('/hello.wasm'), profile);
  const now = () => registry.get(id)!;
  if (state === 'starting') return now();
  registry.instantiated(id);
  registry.called(id, ref, '');
  if (state === 'running') return now();
  const end = (outcome: Parameters<typeof registry.callEnded>[1]['outcome'], spent?: Verdict) => {
    registry.callEnded(id, { outcome, durationMs: 1, ...(spent === undefined ? {} : { spent }) });
  };
  if (state === 'ready') end({ type: 'ok' });
  if (state === 'spent') end({ type: 'ok' }, guardVerdict);
  if (state === 'trapped') end({ type: 'trapped', trap: { kind: 'unreachable' }, frames: [] });
  if (state === 'exited') end({ type: 'exited', code: 3 });
  if (state === 'stopped') end({ type: 'stopped', reason: { type: 'user' } });
  return now();
}
