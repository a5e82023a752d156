import { defined } from '../base/defined';
import { Emitter, type Event } from '../base/event';
import type { Disposable } from '../base/disposable';
import {
  droppedResource,
  exportLabel,
  exportOfLabel,
  isRunRef,
  readType,
  type Call,
  type ExportRef,
} from '../instance/call';
import type { Instance } from '../instance/registry';
import type { Observation, ProbeReport, StaticFinding } from '../reuse/findings';
import { judge } from '../reuse/judge';
import { wouldTrap, type Verdict } from '../reuse/verdict';
import {
  nothingRemembered,
  readRemembered,
  writeRemembered,
  type KnowledgeStore,
  type Remembered,
} from './knowledge-store';
import type { RepeatKnowledge } from './plan-call';

/** How many calls of a component's run are remembered, the latest ones: enough to tell what repeated calls do. */
const observationsKept = 20;

/** How many exports of a component that trapped when called again are remembered, the latest ones. */
const trappingExportsKept = 50;

/** How many components are remembered, the ones used last. A record is a few hundred bytes. */
const componentsKept = 500;

/** What an instance tells of its calls. */
type CalledInstance = Pick<Instance, 'build' | 'calls' | 'timesCalled'>;

/**
 * What is known about repeated calls, by the component's content hash and the export.
 *
 * Of the entry, which is the run that Run calls, this is what reading the binary found, what a probe saw and what was
 * observed. Of every other export it is the latest trap of a repeated call, until a repeated call of it returns.
 */
export class Knowledge implements RepeatKnowledge, Disposable {
  readonly #static = new Map<string, StaticFinding>();
  /** The interface of the run that Run calls, of each content that was read. */
  readonly #entries = new Map<string, string | null>();
  readonly #remembered: Map<string, Remembered>;
  /** Verdicts by content hash and then by the export's label; that of the entry is under the empty label. */
  readonly #verdicts = new Map<string, Map<string, Verdict>>();
  readonly #changes = new Emitter<string>();
  readonly #store: KnowledgeStore;
  readonly #now: () => number;

  constructor(store: KnowledgeStore, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
    this.#remembered = readRemembered(store);
  }

  /** Fires the content hash of a component of which a verdict may have changed. */
  readonly onDidChange: Event<string> = (listener) => this.#changes.event(listener);

  /**
   * The verdict on repeated calls, from all that is known now.
   * @param ref the export; by default the entry
   */
  verdict(sha256: string, ref?: ExportRef): Verdict {
    const label =
      ref === undefined || (isRunRef(ref) && ref.interface === this.#entryOf(sha256)) ? '' : exportLabel(ref);
    const cached = this.#verdicts.get(sha256)?.get(label);
    if (cached !== undefined) return cached;
    const verdict = label === '' ? this.#judgeEntry(sha256) : this.#judgeExport(sha256, label);
    const verdicts = this.#verdicts.get(sha256) ?? new Map<string, Verdict>();
    this.#verdicts.set(sha256, verdicts.set(label, verdict));
    return verdict;
  }

  trapReason(sha256: string, ref: ExportRef): Verdict | undefined {
    const verdict = this.verdict(sha256, ref);
    return wouldTrap(verdict) ? verdict : undefined;
  }

  /** The exports, besides the entry, that trapped when they were called again. */
  trappingExports(sha256: string): readonly ExportRef[] {
    return [...this.#of(sha256).exports.keys()].map(exportOfLabel);
  }

  /** What a probe of this content saw, if there was one. */
  probeReport(sha256: string): ProbeReport | undefined {
    return this.#remembered.get(sha256)?.probe;
  }

  /**
   * Learns what reading the binary found about its entry.
   * @param entry the interface of the run that Run calls, such as `wasi:cli/run@0.2.3`; null if there is none
   */
  learnStatic(sha256: string, entry: string | null, finding: StaticFinding): void {
    this.#entries.set(sha256, entry);
    this.#static.set(sha256, finding);
    this.#changed(sha256);
  }

  learnProbe(sha256: string, probe: ProbeReport): void {
    this.#remember(sha256, { ...this.#of(sha256), probe });
  }

  /**
   * Notes how the latest call on an instance ended. Drops and reads of handles are no calls of exports.
   * The first run of a component that was not read yet counts as one of its entry.
   */
  learnCall({ build, calls, timesCalled }: CalledInstance): void {
    const call = calls.at(-1);
    if (call?.ended === undefined || isAboutHandle(call.export)) return;
    const label = exportLabel(call.export);
    const observation = observationOf(call, timesCalled.get(label) ?? 1);
    const before = this.#of(build.sha256);
    const entry = this.#entryOf(build.sha256) ?? call.export.interface;
    if (isRunRef(call.export) && call.export.interface === entry) {
      const observed = [...before.observed, observation].slice(-observationsKept);
      this.#remember(build.sha256, { ...before, observed });
    } else if (observation.call > 1) {
      this.#learnRepeated(build.sha256, label, observation);
    }
  }

  /** Forgets all probes and observations. What reading the binaries tells stays. */
  forget(): void {
    const known = [...this.#remembered.keys()];
    this.#remembered.clear();
    writeRemembered(this.#store, this.#remembered);
    for (const sha256 of known) this.#changed(sha256);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  /** Thousands of calls may return; only what changes the verdict is stored. */
  #learnRepeated(sha256: string, label: string, observation: Observation): void {
    const before = this.#of(sha256);
    const others = [...before.exports].filter(([other]) => other !== label);
    if (observation.outcome === 'trapped') {
      const exports = new Map([...others.slice(1 - trappingExportsKept), [label, observation]]);
      this.#remember(sha256, { ...before, exports });
    } else if (
      before.exports.has(label) &&
      (observation.outcome === 'ok' || observation.outcome === 'error')
    ) {
      this.#remember(sha256, { ...before, exports: new Map(others) });
    }
  }

  /** Undefined for a component of which nothing tells yet; null if it has none. */
  #entryOf(sha256: string): string | null | undefined {
    const { probe, observed } = this.#of(sha256);
    return this.#entries.get(sha256) ?? probe?.export ?? observed.at(-1)?.export;
  }

  #judgeEntry(sha256: string): Verdict {
    const found = this.#static.get(sha256);
    const { probe, observed } = this.#of(sha256);
    return judge(defined({ static: found, probe, observed }));
  }

  #judgeExport(sha256: string, label: string): Verdict {
    const observation = this.#of(sha256).exports.get(label);
    return judge({ observed: observation === undefined ? [] : [observation] });
  }

  #of(sha256: string): Remembered {
    return this.#remembered.get(sha256) ?? nothingRemembered;
  }

  #remember(sha256: string, record: Remembered): void {
    // Deleting first moves the record to the end: the map's order is that of use.
    this.#remembered.delete(sha256);
    this.#remembered.set(sha256, { ...record, at: this.#now() });
    for (const oldest of [...this.#remembered.keys()].slice(0, -componentsKept))
      this.#remembered.delete(oldest);
    writeRemembered(this.#store, this.#remembered);
    this.#changed(sha256);
  }

  #changed(sha256: string): void {
    this.#verdicts.delete(sha256);
    this.#changes.fire(sha256);
  }
}

function isAboutHandle(ref: ExportRef): boolean {
  return droppedResource(ref) !== null || readType(ref) !== null;
}

/** @param times how often the export was called on its instance, this call included */
function observationOf(call: Call, times: number): Observation {
  const outcome = call.ended?.outcome;
  return {
    export:
      call.export.interface !== undefined && isRunRef(call.export)
        ? call.export.interface
        : exportLabel(call.export),
    call: times,
    outcome: outcome?.type ?? 'stopped',
    ...(outcome?.type === 'trapped' ? { trap: outcome.trap } : {}),
    at: call.startedAt,
  };
}
