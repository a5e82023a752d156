import { guardVerdict } from './support';
import assert from 'node:assert/strict';
import {
  acceptsCalls,
  isAlive,
  isFinished,
  offersFurtherCalls,
  next,
  refusalOf,
  type LifeEvent,
  type State,
} from '../../../src/instance/life';

const states: readonly State[] = [
  { type: 'starting' },
  { type: 'ready' },
  { type: 'running', call: 1 },
  { type: 'spent', why: guardVerdict },
  { type: 'spent', why: 'process-ended' },
  { type: 'trapped', trap: { kind: 'unreachable' } },
  { type: 'exited', code: 3 },
  { type: 'stopped', reason: { type: 'user' } },
  { type: 'failed', failure: { code: 'missing-imports', imports: ['a:b/c'] } },
  { type: 'disposed' },
];

const events: readonly LifeEvent[] = [
  { type: 'instantiated' },
  { type: 'could-not-start', failure: { code: 'missing-imports', imports: ['a:b/c'] } },
  { type: 'called', call: 2 },
  { type: 'call-ended', outcome: { type: 'ok' } },
  { type: 'stopped', reason: { type: 'user' } },
  { type: 'trapped', trap: { kind: 'unreachable' } },
  { type: 'exited', code: 0 },
  { type: 'disposed' },
];

describe('the life of an instance', () => {
  it('allows exactly the transitions of the design', () => {
    const allowed = states.map(
      (state) =>
        `${state.type}: ${events
          .map((event) => [event.type, next(state, event)?.type] as const)
          .filter(([, to]) => to !== undefined)
          .map(([event, to]) => `${event} -> ${String(to)}`)
          .join(', ')}`,
    );
    assert.deepEqual(allowed, [
      'starting: instantiated -> ready, could-not-start -> failed, stopped -> stopped, trapped -> trapped, exited -> exited, disposed -> disposed',
      'ready: called -> running, stopped -> stopped, disposed -> disposed',
      'running: call-ended -> ready, stopped -> stopped, disposed -> disposed',
      'spent: called -> running, stopped -> stopped, disposed -> disposed',
      'spent: disposed -> disposed',
      'trapped: disposed -> disposed',
      'exited: disposed -> disposed',
      'stopped: disposed -> disposed',
      'failed: disposed -> disposed',
      'disposed: ',
    ]);
  });

  it('is spent after a call that returned where a repeated call would trap', () => {
    const after = next(
      { type: 'running', call: 1 },
      { type: 'call-ended', outcome: { type: 'ok' }, spent: guardVerdict },
    );
    assert.deepEqual(after, { type: 'spent', why: guardVerdict });
  });

  it('is spent for good where its process has ended with its call', () => {
    const after = next(
      { type: 'running', call: 1 },
      { type: 'call-ended', outcome: { type: 'ok' }, spent: 'process-ended' },
    );
    assert.deepEqual(after, { type: 'spent', why: 'process-ended' });
    assert.deepEqual(refusalOf(after), { type: 'process-ended' });
    assert.deepEqual([acceptsCalls(after), isAlive(after), isFinished(after)], [false, false, true]);
    assert.equal(offersFurtherCalls(after), true);
  });

  it('has failed where its engine could not make it for its first call', () => {
    const failure = { code: 'rebuilt' } as const;
    const outcome = { type: 'stopped', reason: { type: 'not-started', failure } } as const;
    assert.deepEqual(next({ type: 'running', call: 1 }, { type: 'call-ended', outcome }), {
      type: 'failed',
      failure,
    });
  });

  it('stays ready after a call that returned the error case, since the instance lives on', () => {
    assert.deepEqual(next({ type: 'running', call: 1 }, { type: 'call-ended', outcome: { type: 'error' } }), {
      type: 'ready',
    });
  });

  it('is trapped after a trap even where a repeated call was known to trap', () => {
    const outcome = { type: 'trapped', trap: { kind: 'unreachable' }, frames: [] } as const;
    assert.equal(
      next({ type: 'running', call: 2 }, { type: 'call-ended', outcome, spent: guardVerdict })?.type,
      'trapped',
    );
  });

  it('offers further calls while ready or spent, with a process or without', () => {
    assert.deepEqual(
      states.filter(offersFurtherCalls).map(({ type }) => type),
      ['ready', 'spent', 'spent'],
    );
  });

  it('accepts calls only while ready or spent, and gives the reason in other states', () => {
    assert.deepEqual(
      states.filter(acceptsCalls).map(({ type }) => type),
      ['ready', 'spent'],
    );
    assert.deepEqual(
      states.filter((state) => refusalOf(state) === null).map(({ type }) => type),
      ['ready', 'spent'],
    );
    assert.deepEqual(refusalOf({ type: 'trapped', trap: { kind: 'unreachable' } }), {
      type: 'trapped',
      trap: { kind: 'unreachable' },
    });
  });

  it('has a runner to stop from starting until it has ended', () => {
    assert.deepEqual(
      states.filter(isAlive).map(({ type }) => type),
      ['starting', 'ready', 'running', 'spent'],
    );
  });

  it('counts a spent instance as finished, so that it can be cleared away', () => {
    assert.deepEqual(
      states.filter(isFinished).map(({ type }) => type),
      ['spent', 'spent', 'trapped', 'exited', 'stopped', 'failed', 'disposed'],
    );
  });
});
