import type { CallCode } from '../code';
import type { RanRecord, State } from '../state';
import type { Cell, Instance, Scope } from '../values';
import type { Walk } from './context';
import type { CallSite } from './frames';
import { lookupFrom } from './scopes';

/** A call of run on an instance that may have run already. */
export interface SecondRun {
  readonly call: CallCode;
  readonly instance: Instance;
  readonly first: RanRecord;
  /** The calls that led here, outermost first, and the call of run itself. */
  readonly sites: readonly CallSite[];
  /** Looks up a variable as it is at this point. */
  readonly lookup: (name: string, scope: Scope) => Cell | undefined;
}

/** The calls of run that were met. */
export class Runs {
  readonly #found = new Map<number, SecondRun>();
  #expectsFailure = 0;

  /** The second runs by where they stand. */
  get found(): readonly SecondRun[] {
    return [...this.#found.values()].sort((a, b) => a.call.span.start - b.call.span.start);
  }

  /** Does something that is expected to fail: a second run in there is meant. */
  expectingFailure(work: () => void): void {
    this.#expectsFailure += 1;
    work();
    this.#expectsFailure -= 1;
  }

  /** run is called on one of these: a second run only if it is for each of them, and they are `isAll` there are. */
  call(walk: Walk, instances: readonly Instance[], isAll: boolean, code: CallCode, state: State): void {
    const { frames } = walk;
    const firsts = instances.map((instance) =>
      state.ran(instance.id).find(({ facts }) => compatible(facts, state.facts)),
    );
    const [first] = firsts;
    const [instance] = instances;
    const isSecond = isAll && firsts.every((record) => record !== undefined);
    if (isSecond && first !== undefined && instance !== undefined && this.#expectsFailure === 0)
      this.#report(walk, code, instance, first, state);
    const record: RanRecord = {
      span: code.span,
      frames: frames.sites.map(({ call }) => call.span),
      facts: state.facts,
    };
    const thrown = frames.context.tries.at(-1);
    thrown?.push(state.fork());
    for (const { id } of instances) state.markRan(id, record);
    thrown?.push(state.fork());
  }

  #report(walk: Walk, call: CallCode, instance: Instance, first: RanRecord, state: State): void {
    const known = this.#found.get(call.span.start);
    const sites = [...walk.frames.sites, walk.frames.siteOf(call, walk.scopes.current)];
    // The shortest way there says it best.
    if (known !== undefined && known.sites.length <= sites.length) return;
    const at = state.fork();
    const lookup = (name: string, from: Scope) => lookupFrom(name, from, at);
    this.#found.set(call.span.start, { call, instance, first, sites, lookup });
  }
}

/** Whether two sets of facts can hold in one run of the program. */
function compatible(a: RanRecord['facts'], b: RanRecord['facts']): boolean {
  return [...a].every(([condition, { outcome }]) => (b.get(condition)?.outcome ?? outcome) === outcome);
}
