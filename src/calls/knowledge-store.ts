import { defined } from '../base/defined';
import { readObservation, readProbeReport } from './stored-findings';
import type { Observation, ProbeReport } from '../reuse/findings';

/** Keeps what was learnt across sessions. `vscode.Memento` is one. */
export interface KnowledgeStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What is remembered of one content hash. Static findings are not: reading the binary again is quicker than trusting an old reader. */
export interface Remembered {
  readonly probe?: ProbeReport;
  /** Calls of the entry, oldest first. */
  readonly observed: readonly Observation[];
  /** The latest trap of a repeated call, by the label of the export; the entry is not among them. */
  readonly exports: ReadonlyMap<string, Observation>;
  /** Wall clock time of the last change, in ms since the epoch. */
  readonly at: number;
}

export const nothingRemembered: Remembered = { observed: [], exports: new Map(), at: 0 };

/** Version 2 added `exports`. */
const storeKey = 'knowledge.v2';
const firstStoreKey = 'knowledge.v1';

/** Takes what an earlier session stored. What does not have the expected shape is left out. */
export function readRemembered(store: KnowledgeStore): Map<string, Remembered> {
  const records = new Map<string, Remembered>();
  const stored = store.get(storeKey) ?? store.get(firstStoreKey);
  if (typeof stored !== 'object' || stored === null) return records;
  for (const [sha256, record] of Object.entries(stored)) {
    const read = readRecord(record);
    if (read !== null) records.set(sha256, read);
  }
  return records;
}

/** Stores all records. What an earlier version stored goes. */
export function writeRemembered(store: KnowledgeStore, records: ReadonlyMap<string, Remembered>): void {
  const stored = [...records].map(([sha256, record]) => [
    sha256,
    { ...record, exports: Object.fromEntries(record.exports) },
  ]);
  void store.update(storeKey, Object.fromEntries(stored));
  if (store.get(firstStoreKey) !== undefined) void store.update(firstStoreKey, undefined);
}

function readRecord(value: unknown): Remembered | null {
  if (typeof value !== 'object' || value === null || !('observed' in value)) return null;
  if (!Array.isArray(value.observed)) return null;
  return {
    observed: value.observed.map(readObservation).filter((each) => each !== null),
    exports: exportsIn(value),
    at: 'at' in value && typeof value.at === 'number' ? value.at : 0,
    ...defined({ probe: 'probe' in value ? (readProbeReport(value.probe) ?? undefined) : undefined }),
  };
}

function exportsIn(record: object): ReadonlyMap<string, Observation> {
  if (!('exports' in record) || typeof record.exports !== 'object' || record.exports === null)
    return new Map();
  return new Map(
    Object.entries(record.exports).flatMap(([label, stored]): [string, Observation][] => {
      const observation = readObservation(stored);
      return observation === null ? [] : [[label, observation]];
    }),
  );
}
