import type { Outcome, StopReason } from '../component/outcome';
import { trapKinds, trapOf, type Trap } from '../component/trap';
import { trapKindOf } from '../engine/wire-traps';
import type { Observation, ProbeCall, ProbeReport } from '../reuse/findings';
import { readImportFault } from '../component/import-fault';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Takes an observation as a session stored it. Null for anything else.
 * Earlier versions stored the engine's text for a trap, as `message`.
 */
export function readObservation(stored: unknown): Observation | null {
  const fields = fieldsOf(stored);
  const outcome = outcomeTypes.find((type) => type === fields.outcome);
  const { export: label, call, at } = fields;
  if (
    typeof label !== 'string' ||
    typeof call !== 'number' ||
    typeof at !== 'number' ||
    outcome === undefined
  )
    return null;
  const trap = outcome === 'trapped' ? trapIn(fields) : null;
  return { export: label, call, outcome, at, ...(trap === null ? {} : { trap }) };
}

/**
 * Takes a probe's report as a session stored it. Null for anything else, for a probe without calls, and for one whose call was stopped
 * in an earlier version, which stored the reason as a sentence: neither tells anything about repeated calls.
 */
export function readProbeReport(stored: unknown): ProbeReport | null {
  const { export: label, calls, granted, freshDigest } = fieldsOf(stored);
  if (typeof label !== 'string' || !Array.isArray(calls) || calls.length === 0) return null;
  const read = calls.map(readProbeCall);
  if (!read.every((call) => call !== null)) return null;
  return {
    export: label,
    calls: read,
    ...(granted === true ? { granted } : {}),
    ...(typeof freshDigest === 'string' ? { freshDigest } : {}),
  };
}

const outcomeTypes: readonly Outcome['type'][] = ['ok', 'error', 'trapped', 'exited', 'stopped'];

function readProbeCall(stored: unknown): ProbeCall | null {
  const fields = fieldsOf(stored);
  const { hostCalls, outputDigest, outputBytes, durationMs, memoryPages } = fields;
  const outcome = readOutcome(fields.outcome);
  if (outcome === null || typeof hostCalls !== 'number' || typeof outputDigest !== 'string') return null;
  if (typeof outputBytes !== 'number' || typeof durationMs !== 'number') return null;
  const call = { outcome, hostCalls, outputDigest, outputBytes, durationMs };
  return typeof memoryPages === 'number' ? { ...call, memoryPages } : call;
}

function readOutcome(stored: unknown): Outcome | null {
  const fields = fieldsOf(stored);
  switch (fields.type) {
    case 'ok':
    case 'error':
      return { type: fields.type };
    case 'exited':
      return typeof fields.code === 'number' ? { type: 'exited', code: fields.code } : null;
    case 'trapped': {
      const trap = trapIn(fields);
      return trap === null ? null : { type: 'trapped', trap, frames: [] };
    }
    case 'stopped': {
      const reason = readStopReason(fields.reason);
      return reason === null ? null : { type: 'stopped', reason };
    }
    default:
      return null;
  }
}

function trapIn({ trap, message }: Fields): Trap | null {
  if (typeof message === 'string') return trapOf(trapKindOf(message), message);
  const { kind, words, fault } = fieldsOf(trap);
  const known = trapKinds.find((each) => each === kind);
  return known === undefined
    ? null
    : trapOf(known, typeof words === 'string' ? words : '', readImportFault(fault));
}

function readStopReason(stored: unknown): StopReason | null {
  const { type, limitMs, limitBytes, detail, fault } = fieldsOf(stored);
  switch (type) {
    case 'user':
    case 'output-closed':
    case 'shutdown':
      return { type };
    case 'timeout':
      return typeof limitMs === 'number' ? { type, limitMs } : null;
    case 'memory':
      return typeof limitBytes === 'number' ? { type, limitBytes } : null;
    case 'runner-died':
      return typeof detail === 'string' ? { type, detail } : null;
    case 'import-ended': {
      const read = readImportFault(fault);
      return read === null ? null : { type, fault: read };
    }
    default:
      return null;
  }
}

/** The fields of a stored object; none for anything else. */
function fieldsOf(stored: unknown): Fields {
  return typeof stored === 'object' && stored !== null ? (stored as Fields) : {};
}
