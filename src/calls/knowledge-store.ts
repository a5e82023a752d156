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

/** Takes what an earlier session stored. Records without the expected shape are left out. */
export function readRemembered(store: KnowledgeStore): Map<string, Remembered> {
  const records = new Map<string, Remembered>();
  const stored = store.get(storeKey) ?? store.get(firstStoreKey);
  if (typeof stored !== 'object' || stored === null) return records;
  for (const [sha256, record] of Object.entries(stored)) {
    if (isRemembered(record)) records.set(sha256, { ...record, exports: exportsIn(record) });
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

function exportsIn(record: object): ReadonlyMap<string, Observation> {
  if (!('exports' in record) || typeof record.exports !== 'object' || record.exports === null)
    return new Map();
  return new Map(
    Object.entries(record.exports).filter((entry): entry is [string, Observation] => isObservation(entry[1])),
  );
}

function isRemembered(value: unknown): value is Omit<Remembered, 'exports'> {
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
