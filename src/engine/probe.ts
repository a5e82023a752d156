import { defined } from '../base/defined';
import type { Outcome, StartEnd } from '../component/outcome';
import type { Call } from '../instance/call';
import type { State } from '../instance/life';
import type { Profile } from '../instance/profile';
import { InstanceRegistry, type Build } from '../instance/registry';
import type { ProbeCall, ProbeReport } from '../reuse/findings';
import { Engine } from './engine';
import type { EngineOptions, StartOptions } from './engine-options';
import { OutputDigest } from './output-digest';

/** What a prober is made of: what an engine is, but for its instances' registry, which is its own. */
export type ProberOptions = Pick<EngineOptions, 'cacheDir' | 'files' | 'node' | 'log'> & {
  /** How long each call may take, in ms. */
  readonly limitMs?: number;
  /** How long the start may take, in ms. */
  readonly startLimitMs?: number;
};

/** The third call sees traps that come later than the second. */
const calls = 3;

const defaultLimitMs = 3000;

/** Longer than for a call: a start waits for a process of low priority, which takes seconds on a busy machine. */
const defaultStartLimitMs = 10_000;

/**
 * As much as several large language runtimes on one heap; a probe is not there to find out how much a machine
 * has.
 */
const maxMemoryBytes = 512 * 1024 * 1024;

/** How a component is probed. */
export interface ProbeSettings extends Pick<StartOptions, 'signal' | 'progress'> {
  /** What the user's runs are given. Standard input is empty all the same. Without a profile nothing is granted. */
  readonly profile?: Profile | undefined;
}

/**
 * Finds out what a repeated call does by making it: up to three calls on one instance, in an isolated runner,
 * with nothing granted unless a profile is given. Its instances are in a registry of their own, apart from
 * the user's.
 */
export class Prober {
  readonly #registry = new InstanceRegistry();
  readonly #engine: Engine;
  readonly #limitMs: number;
  readonly #startLimitMs: number;

  constructor({
    limitMs = defaultLimitMs,
    startLimitMs = defaultStartLimitMs,
    cacheDir,
    files,
    node,
    log,
  }: ProberOptions) {
    this.#limitMs = limitMs;
    this.#startLimitMs = startLimitMs;
    this.#engine = new Engine({
      cacheDir,
      files,
      node,
      log,
      registry: this.#registry,
      spentReason: () => undefined,
      lowPriority: true,
    });
  }

  /**
   * Calls the run of an exported interface up to three times, as long as it returns. Whatever the guest does is a result;
   * null if the signal ended the probe.
   */
  async probe(build: Build, entry: string, options: ProbeSettings = {}): Promise<ProbeReport | null> {
    const first = await this.#onInstance(build, entry, options, calls);
    const [one, ...later] = first?.calls ?? [];
    const changed = later.some(({ outputDigest }) => outputDigest !== one?.outputDigest);
    if (first === null || one === undefined || !changed || !later.every(returned)) return first;
    // Does the output change because state was kept, or does it change by itself, as a clock's does?
    const fresh = await this.#onInstance(build, entry, options, 1);
    const freshDigest = fresh?.calls[0]?.outputDigest;
    if (fresh === null) return null;
    return freshDigest === undefined ? first : { ...first, freshDigest };
  }

  async #onInstance(
    build: Build,
    entry: string,
    { profile, signal, progress }: ProbeSettings,
    most: number,
  ): Promise<ProbeReport | null> {
    let output = new OutputDigest();
    const given = {
      maxMemoryBytes,
      ...(profile ?? nothingGranted),
      stdin: { type: 'empty' },
      // The one that can call an instance again.
      engine: 'jco',
    } as const;
    const instance = await this.#engine.startInstance(
      build,
      { timeoutMs: this.#startLimitMs, ...given },
      {
        output: (stream, bytes) => {
          output.add(stream, bytes);
        },
        terminal: false,
      },
      { ...defined({ signal, progress }), countHostCalls: true },
    );
    const head = { export: entry, ...(profile !== undefined && gives(profile) ? { granted: true } : {}) };
    try {
      if (isAborted(signal)) return null;
      if (instance.state.type !== 'ready')
        return { ...head, calls: [], notStarted: startEndOf(instance.state) };
      const callProfile: Profile = { timeoutMs: this.#limitMs, ...given };
      const made: ProbeCall[] = [];
      while (made.length < most) {
        output = new OutputDigest();
        const call = await this.#engine.call(instance.id, { interface: entry, func: 'run' }, [], {
          profile: callProfile,
          ...defined({ signal }),
        });
        if (isAborted(signal)) return null;
        const ended = toProbeCall(call, output);
        made.push(ended);
        if (!returned(ended)) break;
      }
      return { ...head, calls: made };
    } finally {
      await this.#engine.disposeInstance(instance.id);
    }
  }

  /** Ends every probe. Resolves when all processes are gone. */
  async shutdown(): Promise<void> {
    await this.#engine.shutdown();
  }
}

/** A function, since the signal may change between two looks at it. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function returned({ outcome }: ProbeCall): boolean {
  return outcome.type === 'ok' || outcome.type === 'error';
}

const nothingGranted: Omit<Profile, 'stdin'> = { args: [], env: {}, dirs: [], network: false };

/** Whether a profile gives its guest anything at all. */
function gives({ args, env, dirs, network, modules = [] }: Profile): boolean {
  return network || [args, Object.keys(env), dirs, modules].some((list) => list.length > 0);
}

function toProbeCall({ ended, memoryAfterBytes }: Call, output: OutputDigest): ProbeCall {
  const outputBytes = output.bytes;
  return {
    outcome: toOutcome(ended?.outcome),
    hostCalls: ended?.hostCalls ?? 0,
    outputDigest: output.end(),
    outputBytes,
    durationMs: ended?.durationMs ?? 0,
    ...(memoryAfterBytes === undefined ? {} : { memoryPages: memoryAfterBytes / pageBytes }),
  };
}

const pageBytes = 65_536;

/** What is remembered of an outcome. */
function toOutcome(outcome: Outcome | undefined): Outcome {
  switch (outcome?.type) {
    case 'ok':
    case 'error':
      return { type: outcome.type };
    case 'trapped':
      return { ...outcome, frames: outcome.frames.slice(0, 1) };
    case 'exited':
    case 'stopped':
      return outcome;
    case undefined:
      return { type: 'stopped', reason: { type: 'shutdown' } };
  }
}

/** How the start of an instance ended that is not ready. */
function startEndOf(state: State): StartEnd {
  switch (state.type) {
    case 'failed':
    case 'trapped':
    case 'exited':
    case 'stopped':
      return state;
    default:
      return { type: 'stopped', reason: { type: 'shutdown' } };
  }
}
