import type { CodeLocation } from '../component/code-location';
import type { GuardCell } from './evidence';
import type { Observer } from './machine/access';
import { Entry, simulateRest, type EntryEvent, type LiftedFunc } from './machine/entry';
import type { Place } from './machine/event';
import type { LinearMemory } from './machine/memory';
import type { GlobalCell, MachineState, Snapshot } from './machine/state';
import { codeLocation, samePlace } from './code-location';

/** What stops a second entry. */
export interface Guard {
  /** Where it traps: in the function that looks at the mark, if that function is still on the stack. */
  readonly place: CodeLocation;
  /** Where the mark is kept; null if no single mark decides. */
  readonly cell: GuardCell | null;
  /** Where the first entry makes the mark. */
  readonly set: CodeLocation | null;
  /** The same as the machine knows them, for looking further. */
  readonly mark: Mark | null;
  readonly setAt: Place | null;
}

/** Something that code has read, and that an earlier entry had changed. */
type Mark =
  | {
      readonly type: 'memory';
      readonly memory: LinearMemory;
      readonly address: number;
      readonly size: number;
    }
  | { readonly type: 'global'; readonly cell: GlobalCell };

interface Read {
  readonly mark: Mark;
  readonly place: Place | null;
}

/** Reads that are remembered, and marks that are tried, of one entry. */
const MAX_READS = 2000;
const MAX_TRIALS = 8;

type Trapped = Extract<EntryEvent, { type: 'trapped' }>;

/**
 * Finds the mark that makes a second entry trap, by trial: with the mark as it was before the first entry, the second
 * one does not end at that trap. `before` and `after` are the states around the first entry.
 */
export function findGuard(
  machine: MachineState,
  lifted: LiftedFunc,
  before: Snapshot,
  after: Snapshot,
  trapped: Trapped,
  steps: number,
): Guard {
  const trap = trapped.stack[0];
  const reads = readsOf(machine, lifted, after, steps);
  let trials = 0;
  for (const read of reads.reverse()) {
    if (!wasChanged(read.mark, machine, before, after)) continue;
    if (trials++ >= MAX_TRIALS) break;
    machine.restore(after);
    undo(read.mark, machine, before);
    const event = new Entry(machine, lifted, { steps }).next();
    if (event.type === 'trapped' && samePlace(event.stack[0], trap)) continue;
    machine.restore(before);
    const setAt = findLastWrite(machine, lifted, read.mark, steps, 'first-host-call');
    return {
      place: namePlace(trapped.stack, read.place),
      cell: cellOf(read.mark),
      set: setAt === null ? null : codeLocation(setAt),
      mark: read.mark,
      setAt,
    };
  }
  return { place: namePlace(trapped.stack, null), cell: null, set: null, mark: null, setAt: null };
}

/** `abort` and its like trap for others: what matters is the function that looked at the mark. */
function namePlace(stack: readonly Place[], reader: Place | null): CodeLocation {
  const place =
    stack.find((each) => each.state === reader?.state && each.funcIndex === reader.funcIndex) ?? stack[0];
  if (place === undefined) throw new Error('a trap has a place');
  return codeLocation(place);
}

/** What an entry from a state reads before it asks the host for anything, the last reads last. */
function readsOf(machine: MachineState, lifted: LiftedFunc, from: Snapshot, steps: number): Read[] {
  machine.restore(from);
  const reads: Read[] = [];
  const remember = (mark: Mark) => {
    if (reads.length >= MAX_READS) reads.shift();
    reads.push({ mark, place: entry.place() });
  };
  const observer: Observer = {
    onRead: (memory, address, size) => {
      remember({ type: 'memory', memory, address, size });
    },
    onGlobalRead: (cell) => {
      remember({ type: 'global', cell });
    },
  };
  const entry = new Entry(machine, lifted, { steps }, observer);
  entry.next();
  return reads;
}

/**
 * The last place at which a call from the present state writes a mark: before it asks the host for anything, or to its
 * end with simulated answers.
 */
export function findLastWrite(
  machine: MachineState,
  lifted: LiftedFunc,
  mark: Mark,
  steps: number,
  reach: 'first-host-call' | 'end',
): Place | null {
  let last: Place | null = null;
  const note = () => {
    last = entry.place();
  };
  const observer: Observer = {
    onWrite: (memory, address, size) => {
      if (mark.type !== 'memory' || memory !== mark.memory) return;
      if (address < mark.address + mark.size && address + size > mark.address) note();
    },
    onGlobalWrite: (cell) => {
      if (mark.type === 'global' && cell === mark.cell) note();
    },
  };
  const entry = new Entry(machine, lifted, { steps }, observer);
  const event = entry.next();
  if (reach === 'end') simulateRest(entry, event);
  return last;
}

function wasChanged(mark: Mark, machine: MachineState, before: Snapshot, after: Snapshot): boolean {
  if (mark.type === 'global') {
    const index = machine.globals.indexOf(mark.cell);
    return before.globals[index] !== after.globals[index];
  }
  const index = machine.memories.indexOf(mark.memory);
  const [was, is] = [before.memories[index], after.memories[index]];
  if (was === undefined || is === undefined) return false;
  for (let at = mark.address; at < mark.address + mark.size; at++) {
    if (mark.memory.byteIn(was, at) !== mark.memory.byteIn(is, at)) return true;
  }
  return false;
}

function undo(mark: Mark, machine: MachineState, before: Snapshot): void {
  if (mark.type === 'global') {
    mark.cell.value = before.globals[machine.globals.indexOf(mark.cell)] ?? null;
    return;
  }
  const was = before.memories[machine.memories.indexOf(mark.memory)];
  if (was === undefined) return;
  for (let at = mark.address; at < mark.address + mark.size; at++) {
    mark.memory.setByte(at, mark.memory.byteIn(was, at));
  }
}

function cellOf(mark: Mark): GuardCell {
  if (mark.type === 'memory') return { type: 'memory', address: mark.address };
  const { index, owner } = mark.cell;
  const name = owner.linked.module.globalName(index);
  return { type: 'global', index, ...(name === null ? {} : { name }) };
}
