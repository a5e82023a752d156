import { ok, type Result } from '../base/result';
import { DecodeError } from '../component/decode-error';
import type { Component } from '../component/definitions';
import { exportOf, itemOf, link } from '../component/link';
import type { Linked } from '../component/linked';
import { isCoreModule, readRunnable } from '../component/read-runnable';
import { factsOf } from '../component/module-facts';
import type { CodeLocation } from '../component/code-location';
import { runExportsOf } from '../component/wasi';
import type { Evidence } from './evidence';
import type { StaticFinding } from './findings';
import { findGuard, findLastWrite, type Guard } from './guard';
import { Entry, simulateRest, type EntryEvent, type LiftedFunc } from './machine/entry';
import type { Budget, Place } from './machine/event';
import { instantiateAll } from './machine/instantiate';
import { MachineState, type Snapshot } from './machine/state';
import type { LookedUntil, Undecided } from './undecided';
import { codeLocation } from './code-location';
import { findOtherUse } from './lock-release';

/** Steps that are looked at: before a first host call, in a simulated rest of the call, in each second entry. */
const STEPS = { start: 100_000, prefix: 120_000, rest: 100_000, again: 80_000 };

/** Reads a component, or a core module, and analyses it. A file that is neither is an error with its byte offset. */
export function analyseFile(bytes: Uint8Array): Result<StaticFinding, DecodeError> {
  const component = readRunnable(bytes);
  if (!component.ok) return component;
  const finding = analyse(component.value);
  return ok(isCoreModule(bytes) ? ofModule(finding, component.value) : finding);
}

/** What was found in a core module says that it is one, before anything else. */
function ofModule(finding: StaticFinding, { modules: [module] }: Component): StaticFinding {
  if (finding.type === 'no-run' || module === undefined) return finding;
  const adapted: Evidence = { type: 'adapted', form: factsOf(module).form };
  return { ...finding, evidence: [adapted, ...finding.evidence] };
}

/**
 * Looks for what would make a repeated call of the component's `run` trap. Executes nothing: the code is stepped
 * through on a model of its memory, up to the first call of the host, and entered a second time from the state that
 * this left. Answers "nothing found" whenever it cannot tell; takes a bounded number of steps. Never throws.
 */
function analyse(component: Component): StaticFinding {
  try {
    return analyseEntry(component);
  } catch (error) {
    if (error instanceof DecodeError)
      return nothingFound({ type: 'unreadable-code', problem: error.problem }, []);
    throw error;
  }
}

function analyseEntry(component: Component): StaticFinding {
  const [name] = runExportsOf(component.exports);
  if (name === undefined) return { type: 'no-run' };
  const linked = link(component);
  const lifted = liftedRun(linked, name);
  if (lifted === null) return nothingFound({ type: 'foreign-run' }, []);
  const machine = instantiateAll(linked, { steps: STEPS.start });
  if (!(machine instanceof MachineState)) return nothingFound(machine, []);
  return new Analysis(machine, lifted, name).find();
}

function liftedRun(linked: Linked, name: string): LiftedFunc | null {
  const found = linked.root.component.exports.find((each) => each.name === name);
  const item = found === undefined ? null : itemOf(found.item, linked.root);
  const run = item?.kind === 'instance' ? exportOf(item.instance, 'run') : null;
  return run?.kind === 'func' && run.func.kind === 'lift' ? run.func : null;
}

function nothingFound(why: Undecided, evidence: readonly Evidence[]): StaticFinding {
  return { type: 'nothing-found', why, evidence };
}

class Analysis {
  readonly #machine: MachineState;
  readonly #lifted: LiftedFunc;
  readonly #exportName: string;
  /** The state after instantiation. */
  readonly #initial: Snapshot;

  constructor(machine: MachineState, lifted: LiftedFunc, exportName: string) {
    this.#machine = machine;
    this.#lifted = lifted;
    this.#exportName = exportName;
    this.#initial = machine.snapshot();
  }

  find(): StaticFinding {
    const budget: Budget = { steps: STEPS.prefix };
    const first = new Entry(this.#machine, this.#lifted, budget);
    const event = first.next();
    if (event.type === 'trapped') return this.#firstCallTraps(event);
    const afterPrefix = this.#machine.snapshot();
    const again = this.#enterAgain();
    const guard =
      again.type === 'trapped'
        ? findGuard(this.#machine, this.#lifted, this.#initial, afterPrefix, again, STEPS.again)
        : null;
    this.#machine.restore(afterPrefix);
    budget.steps = STEPS.rest;
    const end = simulateRest(first, event);
    if (guard !== null && again.type === 'trapped') return this.#weighGuard(guard, again, end);
    const looked = this.#lookedUntil(event);
    if (end.type !== 'returned') return nothingFound({ type: 'looked-until', until: looked.until }, [looked]);
    return this.#secondCall(looked);
  }

  /** Enters the function again from the present state, up to its first host call. */
  #enterAgain(): EntryEvent {
    return new Entry(this.#machine, this.#lifted, { steps: STEPS.again }).next();
  }

  /** A guard was found behind the first call's beginning; `end` is how that call ends in a simulation. */
  #weighGuard(guard: Guard, again: Trapped, end: EntryEvent): StaticFinding {
    const evidence = [this.#path(again.stack), guardEvidence(guard)];
    const finding = { type: 'guard', certainty: 'certain', place: guard.place, cell: guard.cell } as const;
    if (end.type === 'returned') {
      if (this.#enterAgain().type === 'trapped') {
        return { ...finding, evidence: [...evidence, { type: 'mark-stays', how: 'first-call-simulated' }] };
      }
      const place = this.#releaseOf(guard);
      return nothingFound({ type: 'lock', certain: true }, [
        ...evidence,
        { type: 'lock-released', place, certain: true },
      ]);
    }
    const place = findOtherUse(guard);
    if (place === null) {
      return { ...finding, evidence: [...evidence, { type: 'mark-stays', how: 'no-other-store' }] };
    }
    return nothingFound({ type: 'lock', certain: false }, [
      ...evidence,
      { type: 'lock-released', place, certain: false },
    ]);
  }

  /** Where a mark is taken away; the guard's own place if that cannot be told. */
  #releaseOf({ mark, place }: Guard): CodeLocation {
    if (mark === null) return place;
    this.#machine.restore(this.#initial);
    const written = findLastWrite(this.#machine, this.#lifted, mark, STEPS.rest, 'end');
    return written === null ? place : codeLocation(written);
  }

  /** The first call has been simulated to its end: what does a second one do, if it is simulated as well? */
  #secondCall(looked: Looked): StaticFinding {
    const afterCall = this.#machine.snapshot();
    const budget: Budget = { steps: STEPS.again };
    const second = new Entry(this.#machine, this.#lifted, budget);
    const event = second.next();
    if (event.type === 'trapped') {
      const guard = findGuard(this.#machine, this.#lifted, this.#initial, afterCall, event, STEPS.again);
      const { place, cell } = guard;
      const trap = { type: 'simulated-trap', call: 2, place, trap: event.trap } as const;
      const evidence = [this.#path(event.stack), guardEvidence(guard), trap];
      return { type: 'guard', certainty: 'likely', place, cell, evidence };
    }
    budget.steps = STEPS.rest;
    const end = simulateRest(second, event);
    const [innermost] = end.type === 'trapped' ? end.stack : [];
    if (end.type === 'trapped' && innermost !== undefined) {
      const place = codeLocation(innermost);
      const { trap } = end;
      const evidence: Evidence = { type: 'simulated-trap', call: 2, place, trap };
      return { type: 'simulated-trap', place, trap, evidence: [this.#path(end.stack), evidence] };
    }
    const returned: readonly Evidence[] =
      end.type === 'returned' ? [{ type: 'simulated-return', call: 2 }] : [];
    return nothingFound({ type: 'looked-until', until: looked.until }, [looked, ...returned]);
  }

  #firstCallTraps({ stack, trap }: Trapped): StaticFinding {
    const [innermost] = stack;
    if (innermost === undefined || this.#machine.startAskedHost) {
      return nothingFound({ type: 'start-asks-host' }, []);
    }
    const place = codeLocation(innermost);
    return {
      type: 'first-call-traps',
      place,
      evidence: [this.#path(stack), { type: 'first-call-traps', place, trap }],
    };
  }

  #lookedUntil(event: EntryEvent): Looked {
    const innermost = event.type === 'returned' ? undefined : event.stack[0];
    const place = innermost === undefined ? null : codeLocation(innermost);
    return { type: 'looked-until', until: untilOf(event), place };
  }

  #path(stack: readonly Place[]): Evidence {
    const calls: readonly CodeLocation[] = stack.map(codeLocation).reverse();
    return { type: 'path', export: this.#exportName, async: this.#lifted.options.async, calls };
  }
}

type Looked = Extract<Evidence, { type: 'looked-until' }>;
type Trapped = Extract<EntryEvent, { type: 'trapped' }>;

function guardEvidence({ place, cell, set }: Guard): Evidence {
  return { type: 'guard', place, cell, set };
}

function untilOf(event: EntryEvent): LookedUntil {
  switch (event.type) {
    case 'returned':
    case 'exited':
      return { type: event.type };
    case 'host-call':
      return { type: 'host-call', name: event.name };
    case 'stopped':
      return { type: 'stopped', why: event.why };
    case 'trapped':
      return { type: 'trapped', trap: event.trap };
  }
}
