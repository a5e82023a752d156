import { err, ok, type Result } from '../base/result';
import type { Callable } from '../component/wave/export-lookup';
import type { WaveError } from '../component/wave/error';
import { comparableResult } from './call-text';
import type { Outcome } from '../component/outcome';
import { acceptsCalls } from '../instance/life';
import type { Profile } from '../instance/profile';
import type { Build, Instance, InstanceRegistry } from '../instance/registry';
import { reuseReport, type ReuseReport, type ReuseTurn } from './reuse-report';
import { CallSession } from './call-session';
import { OutputDigest } from '../engine/output-digest';
import type { Engine } from '../engine/engine';

const keptOutputBytes = 4096;

/** The component to compare, and the engine to do it with. */
export interface Comparison {
  readonly engine: Engine;
  readonly registry: InstanceRegistry;
  readonly build: Build;
  readonly profile: Profile;
  readonly exports: readonly Callable[];
  readonly signal: AbortSignal;
}

/** Why there is no report. */
export type ComparisonError =
  | { readonly type: 'text'; readonly error: WaveError }
  /** The instance after the failed start. */
  | { readonly type: 'not-started'; readonly instance: Instance }
  | { readonly type: 'interrupted' };

/**
 * Calls an export several times on one instance and as often on fresh ones, with the same arguments, and
 * compares the calls. Disposes all instances. Arguments cannot be handles, which belong to one instance.
 */
export async function compareReuse(
  comparison: Comparison,
  text: string,
  times: number,
): Promise<Result<ReuseReport, ComparisonError>> {
  const same = await turnsOn(comparison, text, times);
  if (!same.ok) return same;
  const fresh: ReuseTurn[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const one = await turnsOn(comparison, text, 1);
    if (!one.ok) return one;
    fresh.push(...one.value);
  }
  return ok(reuseReport(text, same.value, fresh));
}

/**
 * The output of a call. A long output is cut off and gets a digest of the whole, since a guest may print
 * endlessly.
 */
class Printed {
  readonly #digest = new OutputDigest();
  readonly #beginning: Uint8Array[] = [];
  #kept = 0;

  add(stream: 'stdout' | 'stderr', bytes: Uint8Array): void {
    this.#digest.add(stream, bytes);
    if (this.#kept === keptOutputBytes) return;
    // A copy, since a view would hold the whole chunk in memory.
    const kept = Uint8Array.from(bytes.subarray(0, keptOutputBytes - this.#kept));
    this.#beginning.push(kept);
    this.#kept += kept.length;
  }

  end(): string {
    const text = Buffer.concat(this.#beginning).toString();
    const { bytes } = this.#digest;
    const digest = this.#digest.end();
    return bytes <= keptOutputBytes ? text : `${text}… (${String(bytes)} bytes, ${digest})`;
  }
}

function withoutValue(outcome: Outcome): Outcome {
  return outcome.type === 'ok' || outcome.type === 'error' ? { type: outcome.type } : outcome;
}

/** Makes an instance and calls it until it takes no more calls. */
async function turnsOn(
  { engine, registry, build, profile, exports, signal }: Comparison,
  text: string,
  times: number,
): Promise<Result<readonly ReuseTurn[], ComparisonError>> {
  let printed = new Printed();
  const instance = await engine.startInstance(
    build,
    // On the engine that can call an instance again.
    { ...profile, stdin: { type: 'empty' }, engine: 'jco' },
    {
      output: (stream, bytes) => {
        printed.add(stream, bytes);
      },
      terminal: false,
    },
    { signal },
  );
  try {
    if (!acceptsCalls(instance.state)) return err({ type: 'not-started', instance });
    const session = new CallSession(engine, instance.id, exports);
    const turns: ReuseTurn[] = [];
    for (let turn = 0; turn < times; turn += 1) {
      const { state } = registry.get(instance.id) ?? instance;
      if (!acceptsCalls(state)) break;
      printed = new Printed();
      const made = await session.call(text, signal);
      if (signal.aborted) return err({ type: 'interrupted' });
      if (!made.ok) return err({ type: 'text', error: made.error });
      const { call, callee } = made.value;
      if (call.ended === undefined) break;
      const { outcome, durationMs } = call.ended;
      turns.push({
        // The text is enough; the values of all turns could exceed the memory.
        outcome: withoutValue(outcome),
        result: comparableResult(callee, outcome),
        output: printed.end(),
        durationMs,
        memoryBytes: call.memoryAfterBytes,
      });
    }
    return ok(turns);
  } finally {
    await engine.disposeInstance(instance.id);
  }
}
