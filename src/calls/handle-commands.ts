import type { Completion } from '../component/wave/complete';
import { acceptsCalls, isAlive, type State } from '../instance/life';
import type { Instance } from '../instance/registry';
import type { BadAnswer, CallSession, MadeDrop, MadeRead } from './call-session';
import type { HandleProblem, HandleTable, LiveHandle } from './handle-table';
import type { CallPlan } from './plan-call';
import { readingText } from './reading-text';

/** A line about handles, among calls. */
export type HandleCommand =
  { readonly type: 'list' } | { readonly type: 'drop' | 'read'; readonly names: readonly string[] };

/** The commands about handles. */
export const handleCommandNames = [':handles', ':drop', ':read'] as const;

/** Reads a line. Null if it is not about handles. Blanks or commas separate names; a comment can follow. */
export function parseHandleCommand(line: string): HandleCommand | null {
  const [word, ...names] = line
    .replace(/\/\/.*$/s, '')
    .trim()
    .split(/[\s,]+/);
  switch (word) {
    case ':handles':
      return { type: 'list' };
    case ':drop':
    case ':read':
      return { type: word === ':drop' ? 'drop' : 'read', names: names.filter((name) => name !== '') };
    default:
      return null;
  }
}

/** The result of a line about handles. `src/words/handles.ts` puts it into words. */
export type HandleResult =
  | { readonly type: 'list'; readonly handles: readonly LiveHandle[]; readonly state: State }
  /** The last drop may have ended the instance. */
  | { readonly type: 'drop'; readonly instanceNumber: number; readonly drops: readonly MadeDrop[] }
  | {
      readonly type: 'read';
      readonly instanceNumber: number;
      readonly read: MadeRead;
      /** The items as WAVE; null if nothing came. */
      readonly text: string | null;
    }
  | HandleRefusal;

/** A line about handles that did nothing, and why. */
export interface HandleRefusal {
  readonly type: 'refused';
  readonly command: 'drop' | 'read';
  readonly why:
    | HandleProblem
    | BadAnswer
    /** `:drop` without names; `:read` without exactly one. */
    | { readonly code: 'wrong-names' }
    /** The instance takes no calls. */
    | { readonly code: 'instance'; readonly state: State }
    /** The grants have changed since the instance was made. A destructor or a read would still use the old ones. */
    | { readonly code: 'other-grants'; readonly instanceNumber: number }
    /** No call was made on the instance, so it has no handles. */
    | { readonly code: 'no-calls' };
}

/** How a line about handles is carried out. */
export interface HandleOptions {
  readonly signal?: AbortSignal;
  /** Columns for long results; absent for no line breaks. */
  readonly width?: number;
  /** Where a call on this instance would be made now; absent where its grants cannot have changed. */
  readonly plan?: CallPlan;
}

/**
 * Carries out a line about handles. Rejects with CallRefused if the instance stops taking calls in between.
 * @param session the calls on the instance; undefined if there were none
 */
export async function runHandleCommand(
  command: HandleCommand,
  session: CallSession | undefined,
  { state, number }: Instance,
  { signal, width, plan }: HandleOptions = {},
): Promise<HandleResult> {
  if (command.type === 'list')
    return { type: 'list', handles: isAlive(state) ? (session?.handles.live() ?? []) : [], state };
  const refused = (why: HandleRefusal['why']): HandleRefusal => ({
    type: 'refused',
    command: command.type,
    why,
  });
  const [name, second] = command.names;
  if (name === undefined || (command.type === 'read' && second !== undefined))
    return refused({ code: 'wrong-names' });
  if (!acceptsCalls(state)) return refused({ code: 'instance', state });
  if (plan?.type === 'fresh') return refused({ code: 'other-grants', instanceNumber: number });
  if (session === undefined) return refused({ code: 'no-calls' });
  if (command.type === 'drop') {
    const drops = await session.drop(command.names, signal);
    return drops.ok ? { type: 'drop', instanceNumber: number, drops: drops.value } : refused(drops.error);
  }
  const read = await session.read(name, signal === undefined ? {} : { signal });
  if (!read.ok) return refused(read.error);
  const { handle, reading } = read.value;
  const text = reading === null ? null : readingText(handle, reading, session.handles, width);
  return { type: 'read', instanceNumber: number, read: read.value, text };
}

/**
 * Completes the last name of `:drop $1 …` or of `:read …`, without the names that are already there. Null for
 * another text.
 */
export function completeHandles(before: string, handles: HandleTable): Completion | null {
  const parts = /^:(drop|read)[\s,](.*?)([^\s,]*)$/s.exec(before);
  if (parts === null) return null;
  const [, word, earlier = '', typed = ''] = parts;
  const already = new Set(earlier.split(/[\s,]+/));
  const candidates = handles
    .live()
    .filter(({ droppable, readable }) => (word === 'drop' ? droppable : readable && earlier.trim() === ''))
    .filter(({ name }) => name.startsWith(typed) && !already.has(name))
    .map(({ name, type }) => ({ label: name, insert: name, detail: type }));
  return { start: before.length - typed.length, end: before.length, candidates };
}
