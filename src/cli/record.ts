import { open, writeFile } from 'node:fs/promises';
import type { EngineError } from '../engine/errors';
import { describeStop, exportLabel, type Call } from '../instance/call';
import type { Instance } from '../instance/registry';
import { usageError } from './usage';

/** What `--json OUT` asks for: what became of the instances and their calls, as the contract has it. Nothing is kept where it was not asked for. */
export class CallRecord {
  readonly #path: string | undefined;
  readonly #instances: Instance[] = [];

  private constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Finds out, before anything runs, whether the path can be written to. Rejects with UsageError if not. */
  static async open(path: string | undefined): Promise<CallRecord> {
    if (path !== undefined) await checkPath(path);
    return new CallRecord(path);
  }

  /** Keeps an instance as it is now, before it is cleared away. */
  add(instance: Instance): void {
    if (this.#path !== undefined) this.#instances.push(instance);
  }

  /** Writes the record. With an error no instance was made: it stands beside the empty list, so that a reader finds both what it expects and why it is empty. */
  async write(error?: EngineError): Promise<void> {
    if (this.#path === undefined) return;
    const instances = this.#instances.map(({ number, state, calls }) => ({
      id: number,
      state: state.type,
      calls: calls.map((call) => ({
        export: exportLabel(call.export),
        outcome: call.ended?.outcome.type ?? 'running',
        ms: call.ended === undefined ? null : Math.round(call.ended.durationMs * 1000) / 1000,
        message: messageOf(call),
      })),
    }));
    const record = error === undefined ? { instances } : { instances, error };
    await writeFile(this.#path, `${JSON.stringify(record, null, 2)}\n`);
  }
}

async function checkPath(path: string): Promise<void> {
  try {
    await (await open(path, 'a')).close();
  } catch (error) {
    throw usageError(
      `--json cannot write to ${path}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function messageOf({ ended }: Call): string | null {
  switch (ended?.outcome.type) {
    case 'trapped':
      return ended.outcome.message;
    case 'exited':
      return `exited with ${String(ended.outcome.code)}`;
    case 'stopped':
      return describeStop(ended.outcome.reason);
    default:
      return null;
  }
}
