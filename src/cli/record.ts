import { readErrorText } from '../words/read-error';
import type { TurnEnd } from '../calls/compare-engines/turn';
import { engineIdentity, type EngineIdentity } from '../engine/backend';
import type { EngineError } from '../engine/errors';
import { exportLabel, type Call } from '../instance/call';
import { describeOutcome, trapText } from '../words/outcome';
import { startFailureText } from '../words/start-failure';
import type { State } from '../instance/life';
import type { Instance, InstanceId, InstanceRegistry } from '../instance/registry';
import { checkRecordPath, roundedMs, wroteRecord } from './record-file';
import { status } from './status';

/** A call as the record has it. */
interface RecordedCall {
  readonly export: string;
  readonly outcome: NonNullable<Call['ended']>['outcome']['type'] | 'running';
  /** How long it took; null while it is going on. */
  readonly ms: number | null;
  readonly message: string | null;
}

/** An instance as the record has it. */
interface RecordedInstance {
  readonly id: number;
  readonly state: State['type'];
  /** What it was made on. */
  readonly engine: EngineIdentity;
  /** Why it did not come up, where no call could be made for that. */
  readonly message?: string;
  readonly calls: readonly RecordedCall[];
}

/** What `--json OUT` asks for: what became of the instances and their calls, as the contract has it. Nothing is kept where it was not asked for. */
export class CallRecord {
  readonly #path: string | undefined;
  readonly #instances: RecordedInstance[] = [];
  /** The ended calls of the instances that have not been added yet. The registry itself keeps the latest only. */
  readonly #calls = new Map<InstanceId, RecordedCall[]>();

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Finds out, before anything runs, whether the path can be written to, and follows the calls from then on. Rejects with UsageError if not. */
  static async open(path: string | undefined, registry: InstanceRegistry): Promise<CallRecord> {
    const record = new CallRecord(path);
    if (path === undefined) return record;
    await checkRecordPath(path);
    registry.onDidChange((change) => {
      if (change.type === 'changed') record.#follow(change.instance, change.before);
    });
    return record;
  }

  /** Keeps an instance as it is now, before it is cleared away. */
  add(instance: Instance): void {
    if (this.#path === undefined) return;
    const { id, number, state, calls, callCount } = instance;
    const open = calls.filter(({ ended }) => ended === undefined).map(recorded);
    const recordedCalls = [...(this.#calls.get(id) ?? []), ...open];
    const message = callCount === 0 ? endMessage(state) : null;
    this.#instances.push({
      id: number,
      state: state.type,
      engine: engineIdentity(instance),
      ...(message === null ? {} : { message }),
      calls: recordedCalls,
    });
    this.#calls.delete(id);
  }

  /**
   * Writes the record. With an error no instance was made: it stands beside the empty list, so that a reader finds both what it expects and
   * why it is empty. Resolves with the command's exit status: a record that cannot be written is told and makes a failure of a success.
   */
  async write(result: number, error?: EngineError): Promise<number> {
    if (this.#path === undefined) return result;
    const instances = this.#instances;
    const record = error === undefined ? { instances } : { instances, error: recordedError(error) };
    if (await wroteRecord(this.#path, record)) return result;
    return result === 0 ? status.cannotStart : result;
  }

  #follow({ id, calls }: Instance, before: Instance): void {
    const last = calls.at(-1);
    if (last?.ended === undefined || before.calls.at(-1)?.ended !== undefined) return;
    const known = this.#calls.get(id);
    if (known === undefined) this.#calls.set(id, [recorded(last)]);
    else known.push(recorded(last));
  }
}

function recordedError(error: EngineError): { code: string; message: string; nextStep: string } {
  const { sentence, advice } = readErrorText(error);
  return { code: error.code, message: sentence, nextStep: advice };
}

function recorded(call: Call): RecordedCall {
  return {
    export: exportLabel(call.export),
    outcome: call.ended?.outcome.type ?? 'running',
    ms: call.ended === undefined ? null : roundedMs(call.ended.durationMs),
    message: callMessage(call),
  };
}

function callMessage({ ended }: Call): string | null {
  return ended === undefined ? null : endMessage(ended.outcome);
}

/** What is to be said of how an instance, its call or a compared turn ended; null where the type says it all. */
export function endMessage(end: State | TurnEnd): string | null {
  switch (end.type) {
    case 'trapped':
      return trapText(end.trap);
    case 'failed':
    case 'not-started':
      return startFailureText(end.failure);
    case 'exited':
    case 'stopped':
      return describeOutcome(end);
    default:
      return null;
  }
}
