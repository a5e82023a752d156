import type { MadeDrop, MadeRead } from '../calls/call-session';
import type { ConsoleLine } from '../calls/console-loop';
import type { HandleRefusal, HandleResult } from '../calls/handle-commands';
import type { LiveHandle } from '../calls/handle-table';
import { readLimits } from '../engine/wire-reading';
import { describeOutcome, trapText } from './outcome';
import { isAlive, type State } from '../instance/life';
import { refusal } from './refusal';
import { t } from './t';
import { explainDropTrap, trapPlaceText } from './trap';

/** Says what a line about handles did. */
export function handleResultLines(result: HandleResult): readonly ConsoleLine[] {
  switch (result.type) {
    case 'list':
      return handleListLines(result.handles, result.state).map((text) => ({ kind: 'note', text }));
    case 'drop':
      return result.drops.map((drop) => ({
        kind: drop.call.ended?.outcome.type === 'ok' ? 'note' : 'error',
        text: dropText(result.instanceNumber, drop),
      }));
    case 'read': {
      const { read, text } = result;
      if (read.reading === null)
        return [{ kind: 'error', text: readFailureText(result.instanceNumber, read) }];
      const note = readNoteText(read);
      return [
        ...(text === null ? [] : [{ kind: 'result' as const, text }]),
        ...(note === null ? [] : [{ kind: 'note' as const, text: note }]),
      ];
    }
    case 'refused':
      return [{ kind: 'error', text: handleRefusalText(result) }];
  }
}

/** One line per handle: its name, its type and the call that returned it. */
function handleListLines(handles: readonly LiveHandle[], state: State): readonly string[] {
  if (handles.length === 0) {
    const why = isAlive(state) ? null : refusal(state);
    return [why === null ? t('There are no handles.') : t('There are no handles: {0}.', why)];
  }
  const nameWidth = longest(handles.map(({ name }) => name));
  const typeWidth = longest(handles.map(({ type }) => type));
  return handles.map(({ name, type, from }) =>
    t('{0}  {1}  from {2}', name.padEnd(nameWidth), type.padEnd(typeWidth), from),
  );
}

/** What happened to a handle. */
export function dropText(instanceNumber: number, { handle: { name, resource }, call }: MadeDrop): string {
  const outcome = call.ended?.outcome;
  if (outcome === undefined || outcome.type === 'ok') return t('Dropped {0} ({1}).', name, resource);
  return (
    explainDropTrap(instanceNumber, call) ??
    t('Dropping {0} ({1}): {2}.', name, resource, describeOutcome(outcome))
  );
}

/** Whether more can follow after a read. Null if that is clear. */
export function readNoteText({ handle: { name, type }, reading }: MadeRead): string | null {
  if (reading === null) return null;
  const seconds = readLimits.waitMs / 1000;
  switch (reading.end) {
    case 'done':
      return type.kind === 'stream' ? t('That is the end of {0}.', name) : null;
    case 'more':
      return t('There may be more. `:read {0}` continues.', name);
    case 'waiting':
      return reading.items.length === 0
        ? t('Nothing came within {0} s. `:read {1}` waits again.', seconds, name)
        : t('Nothing more came within {0} s. `:read {1}` waits again.', seconds, name);
  }
}

/** Why a line about handles did nothing. */
export function handleRefusalText({ command, why }: HandleRefusal): string {
  switch (why.code) {
    case 'wrong-names':
      return command === 'drop'
        ? t('`:drop` takes the names of handles, such as `:drop $1`. `:handles` lists them.')
        : t('`:read` takes the name of one handle, such as `:read $1`. `:handles` lists them.');
    case 'instance': {
      const reason = refusal(why.state) ?? '';
      return command === 'drop' ? t('Not dropped: {0}.', reason) : t('Not read: {0}.', reason);
    }
    case 'other-grants':
      return t(
        'The handles of instance #{0} cannot be used: the grants have changed since it was made. Repeat the calls that returned them.',
        why.instanceNumber,
      );
    case 'no-calls':
      return t('No call was made on this instance, so it has no handles.');
    case 'not-a-name':
      return t('`{0}` is not the name of a handle. Write it as in a result: `$1`.', why.written);
    case 'unknown':
      return t('There is no handle `{0}` on this instance.', why.name);
    case 'named-twice':
      return t('`{0}` is named twice.', why.name);
    case 'gone':
      return goneText(why.name, why.how);
    case 'borrowed':
      return t('`{0}` is borrowed ({1}). Only its owner can drop it.', why.name, why.type);
    case 'no-destructor':
      return t('`{0}` is a {1}, not a resource. It has no destructor to run.', why.name, why.type);
    case 'not-readable':
      return t('`{0}` is a {1}. Only streams and futures can be read.', why.name, why.type);
    case 'untyped-stream':
      return t('`{0}` is a stream without a type. Its items hold nothing to show.', why.name);
    case 'bad-answer':
      return t('The runner of this instance did not answer the read of {0} correctly.', why.name);
  }
}

/** Why no call can use a handle any more; the name is with its `$`. */
export function goneText(name: string, how: 'given' | 'dropped' | 'read'): string {
  switch (how) {
    case 'given':
      return t('`{0}` was given to an earlier call.', name);
    case 'dropped':
      return t('`{0}` was dropped.', name);
    case 'read':
      return t('`{0}` was read to its end.', name);
  }
}

function readFailureText(instanceNumber: number, { handle: { name }, call }: MadeRead): string {
  const outcome = call.ended?.outcome;
  if (outcome?.type === 'trapped') {
    const place = trapPlaceText(call);
    const trap = trapText(outcome.trap);
    return place === null
      ? t('Instance #{0} trapped while {1} was read: {2}.', instanceNumber, name, trap)
      : t('Instance #{0} trapped at {1} while {2} was read: {3}.', instanceNumber, place, name, trap);
  }
  if (outcome === undefined) return t('Reading {0} has not ended.', name);
  return t('Reading {0}: {1}.', name, describeOutcome(outcome));
}

/** Not `Math.max(...lengths)`: there may be more handles than a function takes arguments. */
function longest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}
