import { basename } from 'node:path';
import { formatBytes } from '../base/size';
import { fullName, shortestName } from '../component/wave/export-lookup';
import { type Completion } from '../component/wave/complete';
import type { WaveError } from '../component/wave/error';
import { printFunction } from '../component/wit-print';
import { acceptsCalls, refusal } from '../instance/life';
import { resultText } from './call-text';
import { describeOutcome, isRunRef } from '../instance/call';
import type { Instance } from '../instance/registry';
import type { CallSession } from './call-session';
import {
  completeHandles,
  dropText,
  dropWhat,
  handleCommands,
  handleLines,
  parseHandleCommand,
  readWhat,
  type HandleCommand,
} from './handle-commands';
import { readFailure, readingNote, readingText } from './reading-text';
import { readLimits } from '../engine/wire-reading';

/** What a console shows for a line. */
export interface ConsoleOutput {
  /** `result` is WAVE; `error` is of the text or of the call; `note` is about the console or the instance. */
  readonly kind: 'result' | 'error' | 'note';
  readonly text: string;
}

/** What became of a line. */
export type Entered =
  /** The call goes on on the next line. */
  | { readonly type: 'incomplete' }
  | { readonly type: 'done'; readonly output: readonly ConsoleOutput[]; readonly history: string | null };

/** What a console needs to know of where it runs. */
export interface ConsoleHost {
  /** The calls on the instance. Who shares them shares its handles. */
  session(): CallSession;
  /** The instance as it is now; a disposed one is in that state. */
  instance(): Instance;
  /** Makes a fresh instance of the same build and profile, which is the console's from then on. */
  fresh(): Promise<Instance>;
  /** Columns of the terminal, to break long results; undefined for no breaking. */
  width(): number | undefined;
}

const commands = [
  { name: ':fresh', help: 'goes on with a fresh instance' },
  { name: ':state', help: 'tells the state of the instance' },
  { name: ':exports', help: 'lists what can be called' },
  ...handleCommands,
  { name: ':help', help: 'shows this' },
] as const;

const leaving = { name: 'Ctrl+D', help: 'leaves the console' } as const;

/** A loop of calls on one instance, without the terminal around it: each line is a call, part of one, or a command that starts with a colon. */
export class CallConsole {
  readonly #host: ConsoleHost;
  /** The run on a spent instance that was warned of last. */
  #warnedOf = '';
  /** Lines of a call that is not complete yet. */
  #begun = '';

  constructor(host: ConsoleHost) {
    this.#host = host;
  }

  /** What stands before the cursor: which instance is called, or that a call goes on. */
  get prompt(): string {
    if (this.#begun !== '') return '… ';
    const { build, number } = this.#host.instance();
    return `${basename(build.path)} #${String(number)}> `;
  }

  /** Takes a line. Never rejects for what the guest does. */
  async enter(line: string, signal?: AbortSignal): Promise<Entered> {
    const text = this.#begun === '' ? line : `${this.#begun}\n${line}`;
    this.#begun = '';
    const trimmed = text.trim();
    if (trimmed === '' || trimmed.startsWith('//')) return { type: 'done', output: [], history: null };
    if (trimmed.startsWith(':')) {
      return { type: 'done', output: await this.#command(trimmed, signal), history: trimmed };
    }
    const refused = refusal(this.#host.instance().state);
    if (refused !== null) {
      return {
        type: 'done',
        output: [{ kind: 'error', text: `Not called: ${refused}. :fresh goes on with a fresh instance.` }],
        history: trimmed,
      };
    }
    const checked = this.#host.session().check(text);
    if (!checked.ok && checked.error.incomplete) {
      this.#begun = text;
      return { type: 'incomplete' };
    }
    if (!checked.ok) return { type: 'done', output: pointAt(text, checked.error), history: trimmed };
    const { state } = this.#host.instance();
    if (state.type === 'spent' && isRunRef(checked.value.callee) && this.#warnedOf !== trimmed) {
      this.#warnedOf = trimmed;
      const why = `Not called, since it would trap: ${state.why}.`;
      const how = ':fresh goes on with a fresh instance; the same line once more calls all the same.';
      return { type: 'done', output: [{ kind: 'note', text: `${why} ${how}` }], history: trimmed };
    }
    this.#warnedOf = '';
    return this.#call(text, signal);
  }

  /** Gives up a call that is not complete. */
  cancel(): void {
    this.#begun = '';
  }

  /** What could stand at the cursor of the line that is being typed; places are in that line. */
  complete(line: string, offset: number): Completion {
    if (this.#begun === '' && line.startsWith(':')) {
      const typed = line.slice(0, offset);
      const handles = completeHandles(typed, this.#host.session().handles);
      if (handles !== null) return handles;
      const candidates = commands
        .filter(({ name }) => name.startsWith(typed))
        .map(({ name, help }) => ({ label: name, insert: name, detail: help }));
      return { start: 0, end: offset, candidates };
    }
    const before = this.#begun === '' ? '' : `${this.#begun}\n`;
    const { start, end, candidates } = this.#host.session().complete(before + line, before.length + offset);
    return { start: start - before.length, end: end - before.length, candidates };
  }

  async #call(text: string, signal: AbortSignal | undefined): Promise<Entered> {
    const session = this.#host.session();
    const made = await session.call(text, signal);
    if (!made.ok) return { type: 'done', output: pointAt(text, made.error), history: text.trim() };
    const { call, callee, text: history } = made.value;
    const outcome = call.ended?.outcome;
    const output: ConsoleOutput[] = [];
    if (outcome !== undefined) {
      const width = this.#host.width();
      const result = resultText(callee, outcome, session.handles, width === undefined ? {} : { width });
      if (result !== null) output.push({ kind: outcome.type === 'ok' ? 'result' : 'error', text: result });
      else output.push({ kind: 'error', text: `${fullName(callee)} ${describeOutcome(outcome)}` });
    }
    return { type: 'done', output: [...output, ...this.#ending()], history };
  }

  /** What to do where the instance has ended. */
  #ending(): readonly ConsoleOutput[] {
    if (acceptsCalls(this.#host.instance().state)) return [];
    return [{ kind: 'note', text: 'This instance takes no more calls. :fresh goes on with a fresh one.' }];
  }

  async #command(text: string, signal: AbortSignal | undefined): Promise<readonly ConsoleOutput[]> {
    const handles = parseHandleCommand(text);
    if (handles !== null) return await this.#handles(handles, signal);
    switch (text) {
      case ':fresh': {
        const instance = await this.#host.fresh();
        if (!acceptsCalls(instance.state)) return [{ kind: 'error', text: stateText(instance) }];
        return [{ kind: 'note', text: stateText(instance) }];
      }
      case ':state':
        return [{ kind: 'note', text: stateText(this.#host.instance()) }];
      case ':exports':
        return this.#exports();
      case ':help':
        return [...commands, leaving].map(({ name, help }) => ({
          kind: 'note',
          text: `${name.padEnd(10)}${help}`,
        }));
      default:
        return [{ kind: 'error', text: `There is no ${text}. :help lists what there is.` }];
    }
  }

  #exports(): readonly ConsoleOutput[] {
    const { exports } = this.#host.session();
    return exports.map((callee) => ({
      kind: 'note',
      text: `${shortestName(callee, exports)}: ${printFunction(callee.type)}`,
    }));
  }

  async #handles(command: HandleCommand, signal: AbortSignal | undefined): Promise<readonly ConsoleOutput[]> {
    const session = this.#host.session();
    const refused = refusal(this.#host.instance().state);
    if (command.type === 'list') {
      const live = refused === null ? session.handles.live() : [];
      if (live.length > 0) return handleLines(live).map((text) => ({ kind: 'note', text }));
      return [{ kind: 'note', text: `There are no handles${refused === null ? '' : `: ${refused}`}.` }];
    }
    if (command.type === 'read') return await this.#read(command.names, signal);
    if (command.names.length === 0) return [{ kind: 'error', text: dropWhat }];
    if (refused !== null) return [{ kind: 'error', text: `Not dropped: ${refused}.` }];
    const dropped = await session.drop(command.names, signal);
    if (!dropped.ok) return [{ kind: 'error', text: dropped.error }];
    const output = dropped.value.map((made): ConsoleOutput => ({
      kind: made.call.ended?.outcome.type === 'ok' ? 'note' : 'error',
      text: dropText(this.#host.instance(), made),
    }));
    return [...output, ...this.#ending()];
  }

  async #read(names: readonly string[], signal: AbortSignal | undefined): Promise<readonly ConsoleOutput[]> {
    const session = this.#host.session();
    const refused = refusal(this.#host.instance().state);
    const [name] = names;
    if (name === undefined || names.length > 1) return [{ kind: 'error', text: readWhat }];
    if (refused !== null) return [{ kind: 'error', text: `Not read: ${refused}.` }];
    const made = await session.read(name, signal === undefined ? {} : { signal });
    if (!made.ok) return [{ kind: 'error', text: made.error }];
    const { handle, reading } = made.value;
    if (reading === null) {
      const text = readFailure(this.#host.instance().number, made.value);
      return [{ kind: 'error', text }, ...this.#ending()];
    }
    const text = readingText(handle, reading, session.handles, this.#host.width());
    const note = readingNote(handle, reading, readLimits.waitMs);
    return [
      ...(text === null ? [] : [{ kind: 'result' as const, text }]),
      ...(note === null ? [] : [{ kind: 'note' as const, text: note }]),
    ];
  }
}

function stateText({ build, number, state, callCount, memoryBytes }: Instance): string {
  const memory = memoryBytes === undefined ? '' : ` · ${formatBytes(memoryBytes)}`;
  const count = `${String(callCount)} ${callCount === 1 ? 'call' : 'calls'}`;
  const why = refusal(state);
  return `${basename(build.path)} #${String(number)} is ${state.type} · ${count}${memory}${why === null ? '' : ` · ${why}`}`;
}

/** The message, below the line and column that it is about. */
function pointAt(text: string, { message, line, column }: WaveError): readonly ConsoleOutput[] {
  const shown = text.split('\n')[line - 1] ?? '';
  // Long lines are shown around the place that is wrong.
  const from = Math.max(0, column - 60);
  return [
    { kind: 'error', text: shown.slice(from, from + 100) },
    { kind: 'error', text: `${' '.repeat(column - 1 - from)}^ ${message}` },
  ];
}
