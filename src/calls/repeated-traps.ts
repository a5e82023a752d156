import { exportLabel, isSameExport, type ExportRef } from '../instance/call';
import type { Build, Instance } from '../instance/registry';

/** Exports that trapped when they were called again on one instance, by the component's content: what the verdict is for run. */
export class RepeatedTraps {
  readonly #reasons = new Map<string, string>();

  /** @param reason the end of a sentence that says where it was seen: "call 2 did on instance #1" */
  learn({ sha256 }: Pick<Build, 'sha256'>, ref: ExportRef, reason: string): void {
    this.#reasons.set(keyOf(sha256, ref), reason);
  }

  /** Learns from a call that has ended: a trap of an export that had returned on the same instance before. */
  learnFrom({ build, number, calls, timesCalled }: Instance, ref: ExportRef): void {
    const last = calls.findLast((call) => isSameExport(call.export, ref));
    const times = timesCalled.get(exportLabel(ref)) ?? 0;
    // An instance takes no call after one that did not return, so the earlier ones did.
    if (last?.ended?.outcome.type !== 'trapped' || times < 2) return;
    this.learn(build, ref, `call ${String(times)} of it did on instance #${String(number)}`);
  }

  /** Why calling an export would trap on an instance where it was called before; undefined where nothing speaks for that. */
  reason({ build, timesCalled }: Instance, ref: ExportRef): string | undefined {
    return timesCalled.has(exportLabel(ref)) ? this.#reasons.get(keyOf(build.sha256, ref)) : undefined;
  }
}

function keyOf(sha256: string, ref: ExportRef): string {
  return `${sha256} ${exportLabel(ref)}`;
}
