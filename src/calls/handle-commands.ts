import type { Completion } from '../component/wave/complete';
import { describeOutcome } from '../instance/call';
import { explainDropTrap } from './explain-trap';
import type { HandleTable, LiveHandle } from './handle-table';
import type { Instance } from '../instance/registry';
import type { MadeDrop } from './call-session';

/** A line about handles, which stands among calls. */
export type HandleCommand =
  { readonly type: 'list' } | { readonly type: 'drop' | 'read'; readonly names: readonly string[] };

/** The lines about handles, for help and completion. */
export const handleCommands = [
  { name: ':handles', help: 'lists the resources, streams and futures that calls returned' },
  { name: ':drop', help: 'drops some of them: `:drop $1 $2`' },
  { name: ':read', help: 'shows what a stream or future holds: `:read $1`' },
] as const;

/** Takes a line apart. Null for one that is not about handles. Names stand behind blanks or commas, a comment behind all. */
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

/** What is said where `:drop` has nothing to drop. */
export const dropWhat = ':drop takes the names of handles, as in `:drop $1`. :handles lists them.';

/** What is said where `:read` stands without the name of one handle. */
export const readWhat = ':read takes the name of one handle, as in `:read $1`. :handles lists them.';

/** One line for each handle: its name, its resource and the call that returned it. */
export function handleLines(handles: readonly LiveHandle[]): readonly string[] {
  const nameWidth = longest(handles.map(({ name }) => name));
  const typeWidth = longest(handles.map(({ type }) => type));
  return handles.map(
    ({ name, type, from }) => `${name.padEnd(nameWidth)}  ${type.padEnd(typeWidth)}  from ${from}`,
  );
}

/** There may be more than a function can be given as arguments. */
function longest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}

/** What became of a handle, as a sentence. */
export function dropText({ number }: Instance, { handle: { name, resource }, call }: MadeDrop): string {
  const outcome = call.ended?.outcome;
  if (outcome === undefined || outcome.type === 'ok') return `Dropped ${name} (${resource}).`;
  return explainDropTrap(number, call) ?? `Dropping ${name} (${resource}): ${describeOutcome(outcome)}.`;
}

/** What could stand at the end of `:drop $1 …` or of `:read …`: the names that do not stand there yet. Null for another text. */
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
