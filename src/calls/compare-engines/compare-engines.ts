import { messageOf } from '../../base/error';
import { defined } from '../../base/defined';
import { err, ok, type Result } from '../../base/result';
import type { Outcome, StartFailure } from '../../component/outcome';
import type { Callable } from '../../component/wave/export-lookup';
import type { WaveError } from '../../component/wave/error';
import { engineIdentity, type EngineIdentity } from '../../engine/backend';
import type { Engine } from '../../engine/engine';
import { CallRefused } from '../../engine/errors';
import { PeakMemory } from '../../engine/peak-memory';
import type { Call, ExportRef } from '../../instance/call';
import { acceptsCalls, type State } from '../../instance/life';
import type { EngineName, Profile } from '../../instance/profile';
import type { Build, Instance, InstanceRegistry } from '../../instance/registry';
import { CallReader } from '../call-reader';
import { CallSession } from '../call-session';
import { comparableResult } from '../call-text';
import { Capture } from './captured';
import { DirectoryCopies, type CopyError } from './directory-copies';
import { enginesReport, type EngineSide, type EnginesReport } from './engines-report';
import { hasStarted, type EngineTurn, type TurnEnd } from './turn';

/** What is made on both engines: a run, or a call as text. */
export type ComparedCall =
  | { readonly type: 'run'; readonly ref: ExportRef }
  | { readonly type: 'call'; readonly text: string; readonly exports: readonly Callable[] };

/** A comparison of engines. */
export interface EnginesComparison {
  /** An engine without standbys: they would hide what a start costs. */
  readonly engine: Engine;
  /** The engine's. */
  readonly registry: InstanceRegistry;
  readonly build: Build;
  /** What each turn is given and granted. Standard input is empty unless it is a file. */
  readonly profile: Profile;
  readonly call: ComparedCall;
  readonly signal: AbortSignal;
  /** Called before each turn. */
  readonly onTurn?: (engine: EngineName, turn: 'first' | 'again') => void;
}

/** Why there is no report. */
export type EnginesError =
  | { readonly type: 'text'; readonly error: WaveError }
  /** There is no wasmtime that can be used. */
  | { readonly type: 'no-wasmtime'; readonly failure: StartFailure }
  | CopyError
  | { readonly type: 'interrupted' };

/**
 * Makes the same run or call on jco and on wasmtime, each on a fresh instance with the same grants, twice where nothing speaks against it,
 * and compares what became of them. Directories that can be written to are copied for each turn; the originals are not touched.
 * Rejects with an Error for a disk that cannot hold the copies.
 */
export async function compareEngines(
  comparison: EnginesComparison,
): Promise<Result<EnginesReport, EnginesError>> {
  const { engine, call, profile, signal } = comparison;
  if (call.type === 'call') {
    const read = new CallReader(call.exports).check(call.text);
    if (!read.ok) return err({ type: 'text', error: read.error });
  }
  const wasmtime = await engine.wasmtime();
  if (!wasmtime.ok) return err({ type: 'no-wasmtime', failure: wasmtime.error });
  const copies = await DirectoryCopies.plan(profile.dirs);
  if (!copies.ok) return copies;
  const make = async (name: EngineName, turn: 'first' | 'again') => {
    comparison.onTurn?.(name, turn);
    return await makeTurn(comparison, copies.value, name);
  };
  const first = { jco: await make('jco', 'first'), wasmtime: await make('wasmtime', 'first') };
  if (signal.aborted) return err({ type: 'interrupted' });
  const sideOf = async (name: EngineName): Promise<EngineSide> => {
    const { identity, turn } = first[name];
    const again = canRepeat(turn, profile) ? (await make(name, 'again')).turn : undefined;
    return { engine: identity, first: turn, ...defined({ again }) };
  };
  const sides = { jco: await sideOf('jco'), wasmtime: await sideOf('wasmtime') };
  if (isAborted(signal)) return err({ type: 'interrupted' });
  const text = call.type === 'call' ? call.text : null;
  return ok(enginesReport(text, sides, { isOnCopies: copies.value.areAny }));
}

/** A function, since the signal may change between two looks at it. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

interface MadeTurn {
  readonly identity: EngineIdentity;
  readonly turn: EngineTurn;
}

/** Whether a second turn is worth its time, and does nothing to others. */
function canRepeat(turn: EngineTurn, { network }: Profile): boolean {
  return !network && hasStarted(turn) && turn.end.type !== 'stopped';
}

async function makeTurn(
  comparison: EnginesComparison,
  copies: DirectoryCopies,
  name: EngineName,
): Promise<MadeTurn> {
  const { engine, registry, build, profile, signal } = comparison;
  const directories = await copies.make();
  const { dirs } = directories;
  const stdin = profile.stdin.type === 'file' ? profile.stdin : ({ type: 'empty' } as const);
  const streams = { stdout: new Capture(), stderr: new Capture() };
  const before = await directories.snapshot();
  const startedAt = performance.now();
  let id: Instance['id'] | undefined;
  const peak = new PeakMemory(() => (id === undefined ? undefined : engine.pidOf(id)));
  try {
    const started = await engine.startInstance(
      build,
      { ...profile, dirs, stdin, engine: name },
      {
        output: (stream, bytes) => {
          streams[stream].add(bytes);
        },
        terminal: false,
      },
      { signal, onAdded: (added) => (id = added.id) },
    );
    ({ id } = started);
    const ended = await endOf(comparison, started);
    const durationMs = performance.now() - startedAt;
    const peakBytes = peak.end();
    const identity = engineIdentity(registry.get(id) ?? started);
    await engine.disposeInstance(id);
    return {
      identity,
      turn: {
        ...ended,
        stdout: streams.stdout.end(),
        stderr: streams.stderr.end(),
        durationMs,
        ...defined({ peakBytes }),
        before,
        after: await directories.snapshot(),
      },
    };
  } finally {
    peak.end();
    await directories.dispose();
  }
}

type Ended = Pick<EngineTurn, 'end' | 'result' | 'linearBytes'>;

async function endOf({ engine, call, signal }: EnginesComparison, { id, state }: Instance): Promise<Ended> {
  if (!acceptsCalls(state)) return { end: startEndOf(state), result: null };
  try {
    if (call.type === 'run')
      return { ...endedBy(await engine.call(id, call.ref, [], { signal })), result: null };
    const made = await new CallSession(engine, id, call.exports).call(call.text, signal);
    if (!made.ok) throw new Error('A call that could be read cannot be made.');
    const { callee, call: ended } = made.value;
    const outcome = ended.ended?.outcome;
    const result = outcome === undefined ? null : comparableResult(callee, outcome);
    return { ...endedBy(ended), result };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    const { refusal } = error;
    if (refusal.type === 'engine-lacks')
      return {
        end: { type: 'not-started', failure: { code: 'engine-lacks', lack: refusal.lack } },
        result: null,
      };
    return {
      end:
        refusal.type === 'failed'
          ? { type: 'not-started', failure: refusal.failure }
          : notStarted(messageOf(error)),
      result: null,
    };
  }
}

function notStarted(words: string): TurnEnd {
  return { type: 'not-started', failure: { code: 'other', words } };
}

function endedBy({ ended, memoryAfterBytes }: Call): Pick<Ended, 'end' | 'linearBytes'> {
  const outcome = ended?.outcome ?? ({ type: 'stopped', reason: { type: 'shutdown' } } as const);
  return { end: endOfOutcome(outcome), ...defined({ linearBytes: memoryAfterBytes }) };
}

function endOfOutcome(outcome: Outcome): TurnEnd {
  switch (outcome.type) {
    case 'ok':
    case 'error':
      // The text of the result is enough; values could exceed the memory.
      return { type: outcome.type };
    case 'stopped':
      return outcome.reason.type === 'not-started'
        ? { type: 'not-started', failure: outcome.reason.failure }
        : outcome;
    default:
      return outcome;
  }
}

/** How a start ended that led to no call. */
function startEndOf(state: State): TurnEnd {
  switch (state.type) {
    case 'failed':
      return { type: 'not-started', failure: state.failure };
    case 'trapped':
      return { type: 'trapped', trap: state.trap, frames: [] };
    case 'exited':
    case 'stopped':
      return state;
    default:
      return { type: 'stopped', reason: { type: 'shutdown' } };
  }
}
