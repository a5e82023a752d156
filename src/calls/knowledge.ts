import { defined } from '../base/defined';
import { Emitter, type Event } from '../base/event';
import type { Disposable } from '../base/disposable';
import type { Observation, ProbeReport, StaticFinding } from '../reuse/findings';
import { judge } from '../reuse/judge';
import type { Verdict } from '../reuse/verdict';
import type { Call } from '../instance/call';

/** Keeps what was learnt across sessions. `vscode.Memento` is one. */
export interface KnowledgeStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What is remembered of one content hash. Static findings are not: reading the binary again is quicker than trusting an old reader. */
interface Remembered {
  readonly probe?: ProbeReport;
  readonly observed: readonly Observation[];
  /** Wall clock time of the last change, in ms since the epoch. */
  readonly at: number;
}

const storeKey = 'knowledge.v1';

/** Enough to tell what repeated calls do; the newest are kept. */
const observationsKept = 20;

/** Components whose knowledge is kept, the most recently used ones. A record is a few hundred bytes. */
const componentsKept = 500;

/**
 * What is known about repeated calls of each component, by content hash: static findings, probes and observations,
 * and the verdicts that follow from them.
 */
export class Knowledge implements Disposable {
  readonly #static = new Map<string, StaticFinding>();
  readonly #remembered: Map<string, Remembered>;
  readonly #verdicts = new Map<string, Verdict>();
  readonly #changes = new Emitter<string>();
  readonly #store: KnowledgeStore;
  readonly #now: () => number;

  constructor(store: KnowledgeStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.#remembered = readStore(store.get(storeKey));
  }

  /** Fires the content hash of a component whose verdict may have changed. */
  readonly onDidChange: Event<string> = (listener) => this.#changes.event(listener);

  /** The verdict on a component's entry, from all that is known now. */
  verdict(sha256: string): Verdict {
    const cached = this.#verdicts.get(sha256);
    if (cached !== undefined) return cached;
    const found = this.#static.get(sha256);
    const remembered = this.#remembered.get(sha256);
    const verdict = judge({
      ...defined({ static: found }),
      ...defined({ probe: remembered?.probe, observed: remembered?.observed }),
    });
    this.#verdicts.set(sha256, verdict);
    return verdict;
  }

  /** What a probe of this content saw, if there was one. */
  probeReport(sha256: string): ProbeReport | undefined {
    return this.#remembered.get(sha256)?.probe;
  }

  learnStatic(sha256: string, finding: StaticFinding): void {
    this.#static.set(sha256, finding);
    this.#changed(sha256);
  }

  learnProbe(sha256: string, probe: ProbeReport): void {
    this.#remember(sha256, { ...this.#of(sha256), probe });
  }

  /** Notes how a call of the entry ended on an instance of the user's. */
  learnCall(sha256: string, entry: string, call: Call): void {
    if (call.ended === undefined || call.export.interface !== entry) return;
    const { outcome } = call.ended;
    const observation: Observation = {
      export: entry,
      call: call.number,
      outcome: outcome.type,
      ...(outcome.type === 'trapped' ? { message: outcome.message } : {}),
      at: call.startedAt,
    };
    const before = this.#of(sha256);
    this.#remember(sha256, {
      ...before,
      observed: [...before.observed, observation].slice(-observationsKept),
    });
  }

  /** Forgets all probes and observations; what reading the binaries tells stays. */
  forget(): void {
    const known = [...this.#remembered.keys()];
    this.#remembered.clear();
    this.#save();
    for (const sha256 of known) this.#changed(sha256);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #of(sha256: string): Remembered {
    return this.#remembered.get(sha256) ?? { observed: [], at: this.#now() };
  }

  #remember(sha256: string, record: Remembered): void {
    // Deleting first moves the record to the end: the map's order is that of use.
    this.#remembered.delete(sha256);
    this.#remembered.set(sha256, { ...record, at: this.#now() });
    for (const oldest of [...this.#remembered.keys()].slice(0, -componentsKept))
      this.#remembered.delete(oldest);
    this.#save();
    this.#changed(sha256);
  }

  #save(): void {
    void this.#store.update(storeKey, Object.fromEntries(this.#remembered));
  }

  #changed(sha256: string): void {
    this.#verdicts.delete(sha256);
    this.#changes.fire(sha256);
  }
}

/** Takes what an earlier session stored. Anything that does not have the expected shape is left out. */
function readStore(stored: unknown): Map<string, Remembered> {
  const records = new Map<string, Remembered>();
  if (typeof stored !== 'object' || stored === null) return records;
  for (const [sha256, record] of Object.entries(stored)) {
    if (isRemembered(record)) records.set(sha256, record);
  }
  return records;
}

function isRemembered(value: unknown): value is Remembered {
  return (
    typeof value === 'object' &&
    value !== null &&
    'observed' in value &&
    Array.isArray(value.observed) &&
    value.observed.every(isObservation) &&
    (!('probe' in value) || isProbeReport(value.probe))
  );
}

function isObservation(value: unknown): value is Observation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'export' in value &&
    typeof value.export === 'string' &&
    'call' in value &&
    typeof value.call === 'number' &&
    'at' in value &&
    typeof value.at === 'number' &&
    'outcome' in value &&
    ['ok', 'error', 'trapped', 'exited', 'stopped'].some((outcome) => outcome === value.outcome)
  );
}

function isProbeReport(value: unknown): value is ProbeReport {
  return (
    typeof value === 'object' &&
    value !== null &&
    'export' in value &&
    typeof value.export === 'string' &&
    'calls' in value &&
    Array.isArray(value.calls) &&
    value.calls.every(isProbeCall)
  );
}

function isProbeCall(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'outcome' in value &&
    isProbeOutcome(value.outcome) &&
    'hostCalls' in value &&
    typeof value.hostCalls === 'number' &&
    'outputDigest' in value &&
    typeof value.outputDigest === 'string' &&
    'outputBytes' in value &&
    typeof value.outputBytes === 'number' &&
    'durationMs' in value &&
    typeof value.durationMs === 'number'
  );
}

function isProbeOutcome(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  switch (value.type) {
    case 'ok':
    case 'error':
      return true;
    case 'trapped':
      return 'message' in value && typeof value.message === 'string';
    case 'exited':
      return 'code' in value && typeof value.code === 'number';
    case 'stopped':
      return 'reason' in value && typeof value.reason === 'string';
    default:
      return false;
  }
}
