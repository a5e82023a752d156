import type { Undecided } from '../undecided';
import type { Linked } from '../../component/linked';
import type { Budget } from './event';
import { Execution } from './execution';
import { respond } from './respond';
import { MachineState } from './state';

/** More core modules than this in one component are not followed. */
const MAX_MODULES = 256;

/**
 * Makes the state in which a component's instances are when it has been instantiated, start functions included.
 * Answers the reason if one of them does something that cannot be followed.
 */
export function instantiateAll(linked: Linked, budget: Budget): MachineState | Undecided {
  if (linked.modules.length > MAX_MODULES) return { type: 'too-many-modules' };
  const machine = new MachineState();
  for (const module of linked.modules) {
    const state = machine.add(module);
    const { startFunction } = module.module;
    if (startFunction === null) continue;
    const execution = new Execution(machine, machine.functionAt(state, startFunction), [], budget);
    const problem = runStart(execution, machine, budget);
    if (problem !== null) return problem;
  }
  return machine;
}

function runStart(execution: Execution, machine: MachineState, budget: Budget): Undecided | null {
  const task = { context: [] };
  for (;;) {
    const event = execution.run();
    switch (event.type) {
      case 'returned':
        return null;
      case 'trapped':
        return { type: 'start-traps', trap: event.trap };
      case 'stopped':
        return { type: 'start-unfollowed', why: event.why };
      case 'call-out': {
        const response = respond(event, machine, task, budget);
        if ((response.type !== 'local' && response.type !== 'host') || response.results === null) {
          return { type: 'start-asks-host' };
        }
        if (response.type === 'host') machine.startAskedHost = true;
        execution.answer(response.results);
      }
    }
  }
}
