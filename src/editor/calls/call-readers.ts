import { CallReader } from '../../calls/call-reader';
import type { CallSession } from '../../calls/call-session';
import { HandleTable } from '../../calls/handle-table';
import type { Instance } from '../../instance/registry';
import type { ExportCache } from '../components/export-cache';
import type { KnownComponent } from '../components/known-component';
import type { CallSessions } from '../engine/call-sessions';
import type { CallPlanner } from '../engine/call-planner';

/** What {@link CallReaders} works with. */
export interface CallReadersParts {
  readonly sessions: CallSessions;
  readonly exports: ExportCache;
  readonly planner: CallPlanner;
}

/** Reads a call, for an instance that is there or for a fresh one. */
export interface NextReader {
  readonly reader: CallReader;
  /** Absent if the call would be made on a fresh one. */
  readonly instance?: Instance;
  /** The instance with handles that cannot be used, since the grants have changed after it was made. */
  readonly insteadOf?: Instance;
}

/** Reads the text of calls for the instance on which they would be made. */
export class CallReaders {
  readonly #parts: CallReadersParts;

  constructor(parts: CallReadersParts) {
    this.#parts = parts;
  }

  /** The session of an instance: its exports, and the handles that its calls returned. */
  async session(component: KnownComponent, { id }: Instance): Promise<CallSession> {
    const { sessions, exports } = this.#parts;
    return sessions.get(id) ?? sessions.of(id, await exports.of(component));
  }

  /**
   * The reader for the next call, and the instance that it would be made on.
   * Rejects with a UserError as {@link ExportCache.of}.
   * @param picked the instance that the user picked
   */
  async next(component: KnownComponent, picked?: Instance): Promise<NextReader> {
    const { sessions, exports, planner } = this.#parts;
    const callables = await exports.of(component);
    const plan = planner.preview(component.path, { picked });
    if (plan.type !== 'fresh')
      return { reader: await this.session(component, plan.instance), instance: plan.instance };
    const { insteadOf } = plan;
    const handles = insteadOf && sessions.get(insteadOf.id)?.handles;
    if (insteadOf === undefined || handles === undefined) return { reader: new CallReader(callables) };
    const whyNone = (name: string) =>
      handles.has(name)
        ? ({ code: 'other-grants', name, component: component.name, instance: insteadOf.number } as const)
        : undefined;
    return { reader: new CallReader(callables, new HandleTable(whyNone)), insteadOf };
  }
}
