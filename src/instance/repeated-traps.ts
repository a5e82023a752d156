import { exportLabel, isSameExport, type ExportRef } from './call';
import type { Build, Instance } from './registry';

/** Exports that trapped when they were called again on one instance, by the component's content: what the verdict is for run. */
export class RepeatedTraps {
  readonly #reasons = new Map<string, string>();

  /** @param reason the end of a sentence that says where it was seen: "call 2 did on instance #1" */
  learn({ sha256 }: Pick<Build, 'sha256'>, ref: ExportRef, reason: string): void {
    this.#reasons.set(keyOf(sha256, ref), reason);
  }

  /** Learns from a call that has ended: a trap of an export that had returned on the same instance before. */
  learnFrom({ build, number, calls }: Instance, ref: ExportRef): void {
    const same = calls.filter((call) => isSameExport(call.export, ref));
    const last = same.at(-1);
    if (last?.ended?.outcome.type !== 'trapped' || !same.some(hasReturned)) return;
    this.learn(build, ref, `call ${String(same.length)} of it did on instance #${String(number)}`);
  }

  /** Why calling an export would trap on an instance where it was called before; undefined where nothing speaks for that. */
  reason({ build, calls }: Instance, ref: ExportRef): string | undefined {
    const known = this.#reasons.get(keyOf(build.sha256, ref));
    if (known === undefined) return undefined;
    return calls.some((call) => isSameExport(call.export, ref) && hasReturned(call)) ? known : undefined;
  }
}

function keyOf(sha256: string, ref: ExportRef): string {
  return `${sha256} ${exportLabel(ref)}`;
}

function hasReturned({ ended }: Instance['calls'][number]): boolean {
  return ended?.outcome.type === 'ok' || ended?.outcome.type === 'error';
}
